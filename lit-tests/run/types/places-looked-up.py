# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Tuples of two small ints that are only looked up, in dicts and sets of all sizes: of the same hash, beside equal keys of other kinds, behind deleted
# ones, in dicts that are split, and whose keys have a say.
from collections import Counter, defaultdict, namedtuple

Point = namedtuple("Point", "x y")


class Mine(tuple):
    def __eq__(self, other):
        print("eq", end=" ")
        return tuple.__eq__(self, other)

    __hash__ = tuple.__hash__


def ask(d, s, x, y):
    try:
        found = d[x, y]
    except KeyError as e:
        found = str(e)
    return found, d.get((x, y)), d.get((x, y), "no"), (x, y) in d, (x, y) not in d, (x, y) in s, (x, y) not in s


def store(d, x, y, v):
    d[x, y] = v


for n in (0, 1, 3, 9, 20, 70, 260):
    d, s = {}, set()
    for x in range(-n, n):
        for y in range(-3, 3):
            store(d, x, y, x * 10 + y)
            s.add((x, y))
    hits = sum((x, y) in d for x in range(-n - 2, n + 2) for y in range(-5, 5)), sum((x, y) in s for x in range(-n - 2, n + 2) for y in range(-5, 5))
    total = sum(d.get((x, y), 7) for x in range(-n - 2, n + 2) for y in range(-5, 5))
    print(n, len(d), len(s), hits, total, ask(d, s, -1, 0), ask(d, s, -2, 0), ask(d, s, n, 0))
    for x in range(-n, n, 2):
        for y in range(-3, 3):
            del d[x, y]
            s.discard((x, y))
    store(d, 0, 0, "stored")
    print(len(d), len(s), sum((x, y) in d for x in range(-n, n) for y in range(-3, 3)), sum((x, y) in s for x in range(-n, n) for y in range(-3, 3)))

MIXED = [(True, 0), (1.0, 2), (-1, -1), (-2, -2), Point(3, 4), Mine((5, 6)), (7, 8.5), (1 << 70, 1), ("a", 1), (9,), (9, 9, 9), 5, frozenset({1}), None]
d, s = {k: i for i, k in enumerate(MIXED)}, set(MIXED)
for x, y in [(1, 0), (0, 0), (1, 2), (-1, -1), (-1, -2), (-2, -1), (-2, -2), (3, 4), (5, 6), (7, 8), (1 << 70, 1), (9, 9), (False, 0), (1.0, 0.0)]:
    print(x, y, ask(d, s, x, y))
    store(d, x, y, "new")
print(len(d), [repr(k) for k in d][:6])

BIG = (1 << 61) - 1
d, s = {(BIG, 0): "modulus", (0, BIG + 1): "beyond", (1 << 61, -BIG): "both"}, {(BIG, 0), (0, BIG + 1)}
for x, y in [(BIG, 0), (0, 0), (0, 1), (0, BIG + 1), (1, 0), (1 << 61, -BIG)]:
    print(ask(d, s, x, y))


class Holder:
    def __init__(self):
        self.a = 1


h = Holder()
store(vars(h), 1, 2, "in a split dict")
print(ask(vars(h), frozenset(vars(h)), 1, 2), ask(vars(h), frozenset(), 2, 1))
missing = defaultdict(list)
missing[1, 2].append(3)
counted = Counter([(1, 2), (1, 2), (3, 4)])
print(ask(missing, missing.keys(), 1, 2), counted[1, 2], counted[5, 6], missing.get((5, 6)), len(missing), len(counted))


class Same:
    def __init__(self, x):
        self.x = x

    def __hash__(self):
        return hash((1, 2))

    def __eq__(self, other):
        print("asked", end=" ")
        return other == (1, self.x)


d, s = {Same(2): "same", Same(3): "other"}, {Same(2)}
print(ask(d, s, 1, 2), ask(d, s, 1, 3))
store(d, 1, 2, "stored")
print(d[1, 2], len(d))
