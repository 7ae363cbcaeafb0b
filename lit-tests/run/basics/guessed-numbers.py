# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
"""Where the compiler guesses ints or floats, everything else behaves all the same."""
import math


def poly(x):
    y = x * 2.5
    z = y + x
    if z > 10.0:
        z = z - 1
    return z / 2.0, y - 0.5 * x


def count(n, step):
    total = 0
    i = 0
    while i < n:
        total += i * step
        i += 1
    return total


class Fraction:
    def __init__(self, v):
        self.v = v

    def __mul__(self, o):
        return Fraction(self.v * o)

    __rmul__ = __mul__

    def __add__(self, o):
        return Fraction(self.v + (o.v if isinstance(o, Fraction) else o))

    __radd__ = __add__

    def __sub__(self, o):
        return Fraction(self.v - (o.v if isinstance(o, Fraction) else o))

    def __truediv__(self, o):
        return Fraction(self.v / o)

    def __gt__(self, o):
        return self.v > o

    def __lt__(self, o):
        return "lt" if self.v < o else ""

    def __repr__(self):
        return f"F({self.v})"


for x in (1.5, -0.0, 0.0, 3, True, 2**70, float("inf"), float("nan"), 1e300, 5e-324, 1e-200, Fraction(2), -7.25):
    print(poly(x))
for x in ("text", None, [1], 10**400):
    try:
        print(poly(x))
    except (TypeError, OverflowError) as e:
        print(type(e).__name__, e)

print(count(10, 3), count(5, 2**61), count(5, 2**62), count(4, 2**63), count(3, 0.5), count(True, 7), count(2.5, 1))
try:
    count("3", 1)
except TypeError as e:
    print(e)

edge = 2**62 - 1
for step in (1, -1):
    for start in (edge - 1, -edge, -edge - 1):
        v = start
        seen = []
        for _ in range(4):
            v += step
            seen.append(v * 1 - 0)
        print(seen)
print([k * (2**31) * (2**31) for k in (0, 1, -1, 2)], [k * -1 for k in (-(2**62), 2**62 - 1)])


def compare(i, f):
    return i < f, i <= f, i == f, i != f, i > f, i >= f, 2 < f, f != 1


for i in (2**53, 2**53 + 1, 2**62, 0, -1, True):
    for f in (float(2**53), float(2**62), 0.0, -0.0, float("nan"), float("inf"), -1.0, 1):
        print(i, f, compare(i, f), end=" ")
    print()

for a, b in ((1.0, 0.0), (1.0, 0), (1, 0.0), (2**60, 2**60 + 1.0), (1.0, -0.0), (0.0, 5), (7, 2**70)):
    try:
        q = a / b * 1.0
        print(q, math.copysign(1.0, q))
    except ZeroDivisionError as e:
        print(e)


def swap(a, b):
    # The kinds of a and b change while the loop runs.
    for k in range(6):
        a, b = b * 2, a + 1
        if k == 2:
            a = float(a)
        if k == 4:
            b = Fraction(b)
    return a, b


print(swap(1, 2), swap(1.5, 2), swap(2**61, 1))


def drift(s):
    out = []
    for k in range(4):
        s = s + 0.1
        s *= s
        out.append(s)
    return out


print(drift(0), drift(1e100), drift(-0.1))


class P:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def norm(self):
        return self.x * self.x + self.y * self.y - 1.0


for p in (P(1.0, 2.0), P(1, 2), P(2**63, 1), P(float("nan"), 0.0), P(Fraction(3), Fraction(4))):
    print(p.norm())
try:
    P(1.0, "y").norm()
except TypeError as e:
    print(e, e.__traceback__.tb_next.tb_lineno)
p = P(1.0, 2.0)
del p.y
try:
    p.norm()
except AttributeError as e:
    print(e)
p.__class__ = type("Q", (), {"y": 3.5, "norm": P.norm})
print(p.norm())
