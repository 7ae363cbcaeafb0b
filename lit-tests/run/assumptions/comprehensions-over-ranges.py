# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A comprehension's first iterator is taken for three numbers where its text calls range: it may be another one, and what leaves in the
# middle goes on where the numbers were.
import builtins


def plain(n):
    return [k for k in range(n)]


def captured(a, n):
    return [a + k for k in range(n)]


def filtered(a, b, c):
    return [k * k for k in range(a, b, c) if k % 3]


def paired(n, m):
    return [(i, j) for i in range(n) for j in range(i, m)]


def tables(n):
    return {k: k * 2 for k in range(n)}, {k // 2 for k in range(n)}


def totals(n):
    return sum(k * k for k in range(n)), max((k ^ 5 for k in range(n)), default=None), any(k > 3 for k in range(n))


def nested(n):
    return [[i * j for j in range(i)] for i in range(n)]


def scaled(x, n):
    return [x * k for k in range(n)]


for f, args in ((plain, (5,)), (captured, (3, 4)), (filtered, (1, 10, 2)), (filtered, (10, -5, -3)), (paired, (3, 4)), (tables, (5,)), (totals, (6,)), (nested, (4,)), (scaled, (0.5, 4))):
    print(f.__name__, f(*args), f(*(0,) * len(args[:-1]), 0) if f is not filtered else "")

print(filtered(2**62 - 2, 2**62 + 4, 1), plain(-3), captured(2**62, 3), captured(2**61, 5))
print(captured(1.5, 3), captured(2**64, 2), scaled("ab", 3), scaled([1], 3), scaled(2**61, 5))
print(filtered(-2**62 - 2, -2**62 + 4, 2), filtered(2**64, 2**64 + 3, 1))


class Number(int):
    def __add__(self, other):
        return ("added", other)


print(captured(Number(3), 3), captured(True, 2))


class Stubborn:
    seen = []

    def __add__(self, other):
        self.seen.append(other)
        if other == 2:
            raise ValueError("two")
        return other


for start in range(2):
    try:
        print(captured(Stubborn(), 5))
    except ValueError as error:
        print(error, Stubborn.seen, error.__traceback__.tb_next.tb_next.tb_lineno)
try:
    plain(1.5)
except TypeError as error:
    print(error)
try:
    filtered(1, 2, 0)
except ValueError as error:
    print(error)

# The name means something else.
for other in (lambda *a: list(a), lambda *a: iter("abc"[:a[0]]), lambda *a: reversed(a), lambda *a: (x for x in [7, None, 2.5, 2**70])):
    globals()["range"] = other
    print(plain(3))
    for f, args in ((captured, (1, 2)), (tables, (2,)), (totals, (3,))):
        try:
            print(f(*args))
        except TypeError as error:
            print(error)
del globals()["range"]
builtins_range = range
setattr(builtins, "range", lambda *a: [len(a), *a])
print(plain(3), captured(1, 2), totals(2))
setattr(builtins, "range", builtins_range)
print(plain(3), captured(1, 2), totals(2))


# Code that runs in the middle.
class Changing:
    def __init__(self, log):
        self.log = log

    def __radd__(self, other):
        return other

    def __add__(self, other):
        self.log.append(other)
        return [self.log[:], len(plain(other))]


print(captured(Changing([]), 3))


def sent(n):
    got = [k + n for k in range(n)]
    yield got
    yield from (k * len(got) for k in range(n))


print(list(sent(3)))


class Table:
    size = 4
    rows = [[r * c for c in range(3)] for r in range(3)]
    flags = [True for _ in range(2)]


print(Table.rows, Table.flags)
print([x for x in range(3)], [y for y in map(str, range(3))])
long = [i for i in range(100000) if i % 25000 == 0]
print(long, len([0 for _ in range(70000)]))
