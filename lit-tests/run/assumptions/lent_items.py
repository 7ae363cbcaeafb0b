# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# An item of a list or tuple is nobody's own until something may run that could drop it: the list changes, dies or is another's in between.
import sys


class Item:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        print("dies", self.number)

    def __eq__(self, other):
        items.clear()
        return self.number == other.number

    def drop(self, items):
        items[0] = None
        return self.number


items = []


def called(rows, n):
    total = 0
    for i in range(n):
        item = rows[0]
        total += item.number
        if i == n - 1:
            total += item.drop(rows)  # the list lets it go; the local holds it
            print("dropped", rows)
        total += item.number
    return total


def passed(rows, n):
    total = 0
    for i in range(n):
        total += rows[i % 2].drop(rows[2]) if i == n - 1 else rows[i % 2].number
    return total


def compared(n):
    found = 0
    for i in range(n):
        if i == n - 1:
            items.extend([Item(10), Item(11)])
            found += items[0] == items[1]  # __eq__ empties the list
            print("compared", len(items))
        else:
            found += i
    return found


def overwritten(rows, n):
    for i in range(n):
        row = rows[0]
        rows[0] = rows[1]
        rows[1] = row
        if i == n - 1:
            row = rows[1]
            rows[1] = None
            row[0] = 5
            print(row, rows)


def orphaned(make, n):
    for i in range(n):
        rows = make()
        row = rows[1]
        rows = None
        count = sys.getrefcount(row)
        print(row, count)


def chosen(rows, n):
    best = rows[0]
    for i in range(n):
        row = rows[i % len(rows)]
        if row > best:
            best = row
    return best


def leaves(rows, n):
    # The last is no list: the version is left while an item is lent.
    out = []
    for i in range(n):
        pair = rows[i]
        x = pair[0]
        y = pair[1]
        out.append((y, x))
    return out


def fails(rows, n):
    for i in range(n):
        a = rows[i]
        b = rows[i + 1]
    return a, b


def stored(rows, n):
    kept = [None]
    for i in range(n):
        kept[0] = rows[i % len(rows)]
    return kept


rows = [Item(1)]
print(called(rows, 300))
a = Item(2)
print(passed([a, Item(3), [Item(4)]], 300))
print(compared(300))
overwritten([[1], [2]], 300)
orphaned(lambda: [[1], [2, 3]], 2)
print(chosen([[1], [3], [2]], 300))
print(leaves([[i, str(i)] for i in range(200)] + ["xy", (1, 2)], 202)[-3:])
try:
    fails([[i] for i in range(200)], 200)
except IndexError as e:
    print(e, e.__traceback__.tb_next.tb_frame.f_locals["b"])
row = [7]
before = sys.getrefcount(row)
for _ in range(3):
    kept = stored([row, row], 300)
    del kept
    leaves([(row, row)] * 200, 200)
    chosen([row, row], 200)
print(sys.getrefcount(row) - before)
