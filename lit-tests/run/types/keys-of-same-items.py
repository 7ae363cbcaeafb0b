# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Tuples as keys of dicts and sets that are made anew for each look-up: of the very same items, of equal ones that are not the same, of others with the
# same hash, of items with a say, which is asked no more often than it has to be.
from collections import namedtuple
from functools import lru_cache

Place = namedtuple("Place", "x y")
nan = float("nan")
big = 2**70
name = "".join(["na", "me"])


class Loud:
    def __init__(self, v):
        self.v = v

    def __hash__(self):
        print("hash", self.v)
        return 7

    def __eq__(self, other):
        print("eq", self.v, getattr(other, "v", other))
        return isinstance(other, Loud) and self.v == other.v


def fill(keys):
    return {k: n for n, k in enumerate(keys)}, set(keys)


def look(table, seen, x, y):
    k = (x, y)
    return table.get(k, "-"), k in table, k in seen, table[k] if k in table else "-", (x, y) in table, (x, y) in seen


places = [(x, y) for x in range(-3, 3) for y in range(-3, 3)]
table, seen = fill(places)
print(sum(look(table, seen, x, y)[0] for x in range(-3, 3) for y in range(-3, 3)), look(table, seen, 3, 0), look(table, seen, -1, -2))
print(hash((-1, -1)) == hash((-2, -2)), hash((-1, 0)) == hash((-2, 0)), look(table, seen, -2, -1), hash((0, 2**61 - 1)) == hash((0, 0)))
table, seen = fill([(-1, -1), (0, 2**61 - 1), (1, 2.5), (True, False), (big, 1), (nan, 0), (name, None), ("", ()), ((1, 2), (3, 4))])
for x, y in [(-2, -2), (-1, -1), (0, 0), (0, 2**61 - 1), (1.0, 2.5), (1, 0), (1.0, 0.0), (2**70, True), (nan, 0), (float("nan"), 0), ("name", None), ("", ()), ((1, 2.0), (3, 4)), ((1, 2), (4, 3))]:
    print(x, y, look(table, seen, x, y))
table, seen = fill([(1, 2), (), (1,), (1, 2, 3), tuple("abcdefgh"), Place(5, 6)])
print(table[1, 2], table[()], table[(1,)], table[1, 2, 3], table[tuple("abcdefgh")], table[5, 6], table[Place(1, 2)], (Place(1, 2) in seen, (5, 6) in seen, Place(6, 5) in seen))
a, b = Loud("a"), Loud("b")
table, seen = fill([(a, 1), (b, 1)])
print(look(table, seen, a, 1))
print(look(table, seen, Loud("b"), 1))


def walk(steps):
    # Places that are stored, found again and removed.
    x = y = 0
    seen, counts = {(0, 0)}, {}
    for dx, dy in steps:
        x, y = x + dx, y + dy
        if (x, y) in seen:
            counts[x, y] = counts.get((x, y), 0) + 1
        seen.add((x, y))
        if counts.get((y, x)):
            seen.discard((y, x))
            counts.pop((y, x), None)
    return len(seen), sorted(counts.items())[:4], max(seen), min(seen)


print(walk([(1, 0), (0, 1), (-1, 0), (0, -1), (0, -1), (-1, 0), (1, 1)] * 40 + [(-1, -1)] * 90))


@lru_cache(maxsize=None)
def paths(x, y):
    return 1 if x == 0 or y == 0 else paths(x - 1, y) + paths(x, y - 1)


@lru_cache(maxsize=3, typed=True)
def kept(*words):
    return len(words)


print(paths(12, 12), paths.cache_info(), [kept(*words) for words in [(1, 2), (1, 2.0), (1, 2), (True, 2), (3, 4), (1, 2)]], kept.cache_info())
