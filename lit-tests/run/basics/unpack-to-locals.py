# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Unpacking into variables of a function, which may hold what is unpacked, and what they held dies in order.


class Loud:
    def __init__(self, name, act=None):
        self.name, self.act = name, act

    def __del__(self):
        print("dies", self.name)
        if self.act:
            self.act()


def fresh(source):
    a, b, c = source
    return a, b, c


print(fresh((1, 2, 3)), fresh([1.5, None, "x"]), fresh("abc"), fresh(iter(range(3))), fresh({1: 2, 3: 4, 5: 6}))
for wrong in ((1, 2), [1, 2, 3, 4], "ab", iter(range(9)), 5):
    try:
        fresh(wrong)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


def again(source):
    a, b = Loud("a"), Loud("b")
    print("both")
    a, b = source
    print("done", a, b)


again((1, 2))
again([3, 4])
again(c for c in "xy")


def kept(wrong):
    a, b = Loud("kept a"), Loud("kept b")
    try:
        a, b = wrong
    except ValueError:
        print("still", a.name, b.name)


kept((1,))
kept(iter("xyz"))


def of_itself():
    a = (Loud("first"), Loud("second"))
    b = a
    b = None
    a, b = a
    print(a.name, b.name)
    a = [a, b]
    a, b = a
    print(a.name, b.name)


of_itself()


def changing():
    items = [Loud("new 1"), Loud("new 2"), Loud("new 3")]
    a = Loud("old 1", items.clear)
    b, c = 2, Loud("old 3")
    a, b, c = items
    print(a.name, b.name, c.name, items)


changing()


def swapped(a, b, c):
    a, b, c = c, a, b
    b, a = a, b
    return a, b, c


print(swapped(1, Loud("two"), 3)[0])


def deep(rows):
    total = 0
    for key, (left, right) in rows:
        total += key * left - right
    return total


print(deep([(1, (2, 3)), (4, [5, 6]), [7, (8, 9)]]))


def generated(rows):
    for a, b in rows:
        x, y = yield a, b
        yield x + y


g = generated([(1, 2), [3, 4]])
print(next(g), g.send((5, 6)), next(g), g.send("pq"))


def partly_the_same(sources):
    for source in sources:
        a, b, c, d, e, f, g, h, i, j, k = source
        print(a, b, c, d, e, f, g, h, i, j, k)
    a, b, c, d = source[:4]
    a, b, c, d = [a, b, c, source]
    return d[10], a


# What differs from what the variables hold begins at each place once, and both halves of a word count.
one = tuple(range(11))
partly_the_same([one, one] + [one[:n] + (object if n % 2 else one[n] + 2**33,) + one[n + 1:] for n in range(11)] + [list(one), one])


def partly(rows):
    """Again and again into the same variables: nothing changes, or the first, the last, one between."""
    a = b = c = d = e = f = None
    for row in rows:
        if len(row) == 4:
            a, b, c, d = row
        elif len(row) == 5:
            a, b, c, d, e = row
        else:
            a, b, c, d, e, f = row
        yield [x.name if isinstance(x, Loud) else x for x in (a, b, c, d, e, f)]


def rows_of(size):
    base = [1, "two", 3.0, (4,), None, 6][:size]
    yield tuple(base)
    yield tuple(base)
    for place in range(size):
        yield base[:place] + [Loud(f"at {place} of {size}")] + base[place + 1 :]
    yield base
    yield base


for size in (4, 5, 6):
    for shown in partly(rows_of(size)):
        print(shown)
