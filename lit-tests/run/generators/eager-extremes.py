# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# max, min and dict of generator expressions run them at once: what they find, in which order all happens, what dies when, errors of
# items, comparisons, keys and of nothing to be found, defaults, rebound names.
import builtins
import traceback


class Num:
    def __init__(self, v):
        self.v = v

    def __gt__(self, o):
        print("gt", self.v, o.v)
        return self.v > o.v

    def __lt__(self, o):
        print("lt", self.v, o.v)
        return self.v < o.v

    def __hash__(self):
        print("hash", self.v)
        return self.v % 3

    def __eq__(self, o):
        print("eq", self.v, o.v)
        return self.v == o.v

    def __del__(self):
        print("del", self.v)


def items(*values):
    for v in values:
        print("item", v)
        yield Num(v)


def shown(f):
    try:
        print(f())
    except BaseException as e:
        print([(t.name, t.lineno, t.colno) for t in traceback.extract_tb(e.__traceback__)])
        print(type(e), e, repr(e.__cause__), repr(e.__context__))


print(max(x for x in items(2, 5, 1, 5)).v)
print(min(x for x in items(2, 5, 1, 1)).v)
print(next(x for x in items(2, 5, 1) if x.v > 4).v)
print(next((x for x in items(2, 5) if x.v > 9), "none"))
print(len(dict((x, x.v) for x in items(1, 4, 1, 2))))
grid = {(x, y): x * y for x in range(5) for y in range(7)}
print(max(x for x, y in grid), min(y for _, y in grid), max(x + y for x, y in grid if x), max(v for v in grid.values()), min(-v for v in grid.values()))
print(max(i * 0.5 for i in range(9)), min(x for x in (1, 1.0, True)), max(x for x in (1, 1.0, True)), max(x for x in (1, 2.5, 2)), min(x for x in (3, 2**70, -2**70)))
print(max(c for c in "hello"), min(w for w in "the quick fox".split()), max((len(w), w) for w in "the quick fox".split()), max(None for _ in range(1)))
print(max((x for x in ()), default="nothing"), min((x for x in [7]), default=1 / 1), max((x for x in range(0)), default=None), next((x for x in []), None))
nan = float("nan")
print(max(x for x in (nan, 1.0)), max(x for x in (1.0, nan)), min(x for x in (0.0, -0.0)), max(x for x in (-0.0, 0.0)), min(x for x in (2.0, nan, 1.0)))
print(next(i for i in range(10) if i * i > 20), next(a * b for a in range(5) for b in range(5) if a * b == 6), next(x for row in [[], [0, 3]] for x in row if x))
print(dict((w, len(w)) for w in "the quick the".split()), dict((a, b) for a in range(2) for b in "xy"), dict((i, dict((j, i) for j in range(i))) for i in range(3)))
print(dict([k, k] for k in "ab"), dict(p for p in [(1, 2)]), dict(((i, i) for i in range(2)), more=3))
for f in (
    lambda: max(x for x in ()),
    lambda: min(x for x in range(0)),
    lambda: next(x for x in range(3) if x > 5),
    lambda: max(x for x in [1, None]),
    lambda: min(1 / x for x in [1, 0]),
    lambda: next(1 / x for x in [0]),
    lambda: dict((x, 1) for x in [[1]]),
    lambda: dict((1, 1 / x) for x in [0]),
    lambda: max(x for x in 5),
    lambda: max((x for x in ()), key=None),
    lambda: max((x for x in [3, -4]), key=abs),
    lambda: max((x for x in [3, -4]), (x for x in [1])) and None,
    lambda: max((x for x in [3]), wrong=1),
    lambda: next((x for x in [3]), 1, 2),
    lambda: next((x for x in []), 1 / 0),
    lambda: next((x for x in [1]), *()),
    lambda: max(x for x in [[1], [1, 2], [0, 9]]),
):
    shown(f)


def stop():
    raise StopIteration(3)


shown(lambda: max(stop() for x in [1]))
shown(lambda: next(stop() for x in [1]))
shown(lambda: next((stop() for x in [1]), "default"))


class Stops:
    def __gt__(self, other):
        raise StopIteration(5)


shown(lambda: max(x for x in [Stops(), Stops()]))


def searched(rows):
    for row in rows:
        found = next((i for i, x in enumerate(row) if x < 0), None)
        if found is not None:
            yield found, max(x for x in row), min((x for x in row if x > 0), default=0)


print(list(searched([[1, 2], [3, -1, 4], [-5], [], [0.5, -0.5, 2]])))


def grow(n):
    text = ""
    for i in range(n):
        text += next(c for c in "abc" if c not in text[-2:])
    return text, max(int(text[i : i + 2], 16) for i in range(n - 1))


print(grow(9))
print(max(2**62 + i for i in range(3)), min(2**61 - i for i in range(2)), max(i if i < 3 else str for i in range(3)), sum(max(j for j in range(i + 1)) for i in range(4)))


def rebound():
    def max(g):
        return "mine", list(g)

    return max(x for x in [1, 2])


print(rebound())
old = builtins.next
builtins.next = lambda g, *d: ("patched", list(g), d)
print(next(x for x in [1, 2]), next((x for x in [1]), 0))
builtins.next = old
print(next(x for x in [1, 2]))


def deep(n):
    return next(deep(n - 1) for _ in [0]) if n else max(0 for _ in [0])


print(deep(300))
try:
    deep(5000)
except RecursionError as e:
    print(e)
print([f() for f in (max((lambda: i) for i in range(1)), next((lambda: i) for i in range(4)))], dict((i, lambda: i) for i in range(2))[0]())
print(next((last := x) for x in range(9) if x > 2), last)


class C:
    v = [1, 5, 3]
    m = max(x for x in v)
    d = dict((x, y) for x in v for y in [1])


print(C.m, C.d)
