# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# `d[x, y]`, `(x, y) in s` and `x in (a, b)` without a tuple: what sees the key, and what its items do when they are asked.
import gc
import traceback
from collections import OrderedDict, defaultdict


class Loud:
    def __init__(self, name, same=None, h=7):
        self.name, self.same, self.h = name, same, h

    def __hash__(self):
        print("hash", self.name)
        if isinstance(self.h, Exception):
            raise self.h
        return self.h

    def __eq__(self, other):
        print("eq", self.name, getattr(other, "name", other))
        if isinstance(self.same, Exception):
            raise self.same
        return self is other or self.same == getattr(other, "name", other)

    def __del__(self):
        print("del", self.name)

    def __repr__(self):
        return f"<{self.name}>"


def look(d, x, y):
    return d[x, y]


def has(d, x, y):
    return (x, y) in d


def put(d, x, y, v):
    d[x, y] = v


def more(d, x, y, v):
    d[x, y] += v


def among(v, a, b):
    return v in (a, b), v not in [a, b]


def tried(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return "".join(traceback.format_exception_only(e)).strip(), e.args, [t.name for t in traceback.extract_tb(e.__traceback__)]


def gets():
    d = {(1, 2): "a", ("x", 3): None}
    for x, y in [(1, 2), (2, 1), ("x", 3), (1.0, True + 1), (1, [])]:
        try:
            print(d.get((x, y)), d.get((x, y), x), d.get((x, y + 0), [y]), d.get((x + x, y), y + 1), d.get((x,)))
        except TypeError as e:
            print(e)
    late = {(Loud("r"), 1): "loud", (1, 2): 0}
    print(late.get((1, 2), Loud("s")), late.get((1, 3), Loud("t")), late.get((Loud("u", "r"), 1), Loud("v")), late.get((Loud("w", h=OSError()), 1)) if 0 else "")
    print(late.get((late, late.clear()) if 0 else (1, 2), late.clear()), late)

    class Own(dict):
        def get(self, key, otherwise="nothing"):
            return "own", key, otherwise

    d = {}
    for n in range(4):
        if n == 3:
            d = None
        print(d.get((n, 0)), d.get((n, 0), n), d.get((n, n + 1), "x"))
        d = Own() if n else {(1, 0): 5}


def plain():
    d = {(1, 2): "a", ("x", 2): "b", (1.5, None): "c", (True, ()): "d", ((1, 2), b"q"): "e", 5: "f", (10**30, -1): "g", (0, 0): "h"}
    for x, y in [(1, 2), (1.0, 2), (True, 2.0), ("x", 2), ("x" * 1, 2), (1.5, None), (1, ()), ((1, 2), b"q"), (10**30, -1), (10**30 + 0, -1), (0, -0.0), (2, 1), (float("nan"), 1)]:
        print(x, y, tried(look, d, x, y), has(d, x, y), has(set(d), x, y), has(frozenset(d), x, y))
    for k in list(d):
        if type(k) is tuple:
            put(d, *k, "new")
            tried(more, d, *k, "er")
    put(d, 1.0, 2, "kept key")
    put(d, 7, "seven", 7)
    more(d, 7, "seven", 0.5)
    print(d)
    print(tried(more, d, 8, 9, 1), tried(look, {}, [], 1), tried(has, {}, 1, {}), tried(put, {}, [], 1, 2), tried(has, set(), {}, 1))
    print(among(1, 2, 1.0), among("a", "b", "a"), among(None, None, 1), among([], [], ()), among(float("nan"), 1, 2))


def others():
    class Sub(dict):
        def __missing__(self, key):
            return "missing", key

    class Grid:
        def __getitem__(self, key):
            return "got", key, type(key)

        def __setitem__(self, key, v):
            print("set", key, v)

        def __contains__(self, key):
            return key == (1, 2)

    grid = Grid()
    print(look(Sub({(1, 2): 3}), 1, 2), look(Sub(), 1, 2), look(grid, 1, 2), has(grid, 1, 2), has(grid, 2, 1))
    put(grid, 1, 2, 3)
    d = defaultdict(list)
    d[1, 2].append(3)
    look(d, 3, 4).append(5)
    o = OrderedDict()
    put(o, 1, 2, 3)
    put(o, 0, 0, 3)
    print(d, o, has(d, 3, 4), has([(1, 2)], 1, 2), has({(1, 2): 0}.keys(), 1, 2))
    print(tried(look, [1, 2], 0, 1), tried(look, (1, 2), 0, 1), tried(look, "ab", 0, 1), tried(has, "ab", 0, 1), tried(put, None, 1, 2, 3), tried(look, 5, 1, 2))


def loud():
    a, b = Loud("a"), Loud("b")
    d = {(1, a): "one", (2, b): "two"}
    print("asked", has(d, 1, a), tried(look, d, 2, b), tried(look, d, 2, a))
    print("equal", has(d, 1, Loud("c", "a")))
    put(d, 1, Loud("e", "a"), "again")
    print(d, has({(1, a)}, 1, Loud("f", "a")))
    print("errors", tried(look, d, 1, Loud("g", h=ValueError("no hash"))), tried(has, d, 1, Loud("h", KeyError("no eq"))))
    print("among", among(a, b, a), among(a, 1, Loud("i", "a")), tried(among, a, Loud("j", OSError("j")), a))
    print("in order", (Loud("k"), Loud("l")) in d, Loud("m") in (Loud("n"), Loud("o")))
    print(tried(lambda: {}[Loud("p"), Loud("q")]))

    class Changes:
        def __hash__(self):
            return hash((1, 2))

        def __eq__(self, other):
            table.clear()
            return False

    table = {Changes(): 0}
    print("changes", has(table, 1, 2), table)
    table = {Changes(): 0}
    put(table, 1, 2, 3)
    print(table)

    class Dies:
        def __del__(self):
            table[1, 2] = "last"

    table = {(1, 2): Dies()}
    put(table, 1, 2, "first")
    print(table)


def rebound():
    x, y = 1, 2
    d = {(1, 2): "old", (3, 2): "new"}

    def swap():
        nonlocal x
        x = 3
        return d

    print((x, y) in swap(), (x, y) in swap(), d[x, y], d[x, (x := 2)], x, (x, (x := 3)) in d, x)
    z = [object()]
    print((z, z.pop()) == 0, z in (z, z.append(1)), z)


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


def loops():
    grid = {(x, y): (x * y) % 7 for x in range(12) for y in range(12)}
    seen, total, misses = set(), 0, 0
    for p in (Point(i % 14, i * 5 % 13) for i in range(400)):
        for dx, dy in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            if (p.x + dx, p.y + dy) in grid and (p.x, p.y) not in seen:
                total += grid[p.x + dx, p.y + dy]
            else:
                misses += 1
        seen.add((p.x, p.y))
        grid[p.x, p.y] = total % 11
        if (p.x, p.y) in grid:
            grid[p.x, p.y] += 2
    print(total, misses, len(seen), sum(grid.values()), len(grid))
    names = {("n%d" % (i % 3), i): i for i in range(9)}
    print(sum(names["n" + str(i % 3), i] for i in range(9)), [v for v in "abc" if v in ("c", names.get(("n0", 0), "b") and "a")])
    memo = {}

    def ways(r, c):
        if (r, c) in memo:
            return memo[r, c]
        memo[r, c] = result = 1 if 0 in (r, c) else ways(r - 1, c) + ways(r, c - 1)
        return result

    print(ways(30, 30), len(memo))
    big = {(2**62, -(2**62)): "big", (2**61 - 1, 1): "modulus"}
    n = 2**60
    for _ in range(4):
        print((n, -n) in big, (2**61 - 1, 1) in big, (0, 1) in big)
        n *= 2


try:
    gets()
except AttributeError:
    print(traceback.format_exc().replace(__file__, "FILE"))
plain()
others()
loud()
gc.collect()
rebound()
loops()
