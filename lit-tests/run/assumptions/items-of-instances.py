# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# `a[i]` where the class of `a` has a __getitem__ of its own, while that is exchanged, inherited, deleted, raises, or while the
# object turns out to be something else.
class Row:
    def __init__(self, cells):
        self.cells = cells
        self.asked = 0

    def __getitem__(self, i):
        return self.cells[i]

    def width(self):
        return len(self.cells)


class Wide(Row):
    pass


class Other(Row):
    def __getitem__(self, i):
        self.asked += 1
        return self.cells[-1 - i]


class Listed(list):
    def width(self):
        return len(self)


class Plain:
    def __init__(self):
        self.cells = [1]

    def width(self):
        return 3


def total(row, n):
    s = 0
    for i in range(n):
        if row.width() > i:
            s += row[i] * 2
    return s


def nested(row, i, j):
    return row[i][j] + row[j][i] if row.width() else None


rows = [Row([1, 2, 3]), Wide([4, 5, 6]), Other([7, 8, 9]), Listed([1, 2]), Row([0.5, 1, 2**62]), Row("ab"), Row({0: 1, 1: 5})]
for row in rows:
    try:
        print(type(row).__name__, total(row, 3), getattr(row, "asked", None))
    except (TypeError, IndexError) as error:
        print(type(error).__name__, error)
for bad in (Plain(), None, [1, 2], 5):
    try:
        print(total(bad, 2))
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
print(nested(Row([[1, 2], [3, 4]]), 0, 1), nested(Row([Row([1, 2]), [3, 4]]), 0, 1), nested(Row([]), 0, 0))

row = Row([1, 2, 3])
row.__getitem__ = lambda i: 100  # of the instance: not asked
print(total(row, 3))
Row.__getitem__ = lambda self, i: 10 * i
print(total(row, 3), total(Wide([1, 2, 3]), 3))
del Row.__getitem__
for r in (row, Wide([1]), Other([1, 2, 3])):
    try:
        print(total(r, 1))
    except TypeError as error:
        print(error)
row.__class__ = Other
print(total(row, 3), row.asked)


class Key:
    def __index__(self):
        print("index")
        return 1


class Grid:
    def __init__(self):
        self.cells = [1, 2]

    def __getitem__(self, key):
        if isinstance(key, tuple):
            return self.cells[key[0]] + key[1]
        return self.cells[key]

    def ask(self, key):
        return self[key]


g = Grid()
print([g.ask(k) for k in (0, (1, 5), -1, True, Key(), slice(0, 1))])
try:
    g.ask(7)
except IndexError as error:
    import traceback
    print(error, [(f.lineno, f.colno, f.name) for f in traceback.extract_tb(error.__traceback__)])

# One that had none gets one, and loses it.
listed = Listed([1, 2])
print([total(listed, 2) for _ in range(2)])
Listed.__getitem__ = lambda self, i: 7
print([total(listed, 2) for _ in range(2)])
del Listed.__getitem__
print([total(listed, 2) for _ in range(2)])
Listed.__getitem__ = Key.__index__
try:
    print(total(listed, 2))
except TypeError as error:
    print(error)
