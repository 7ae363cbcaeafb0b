# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# math.fsum: exact whatever cancels, of few parts and of many.
import math
import random
from fractions import Fraction

inf, nan = math.inf, math.nan
print(math.fsum([]), math.fsum([-0.0]), math.fsum([0.1] * 10), math.fsum((1e100, 1.0, -1e100, 1e-100, 1e50, -1.0, -1e50)))
print(math.fsum([2.0 ** 53, 0.5, 2.0 ** -100]), math.fsum([2.0 ** 53, -0.5, -(2.0 ** -54)]), math.fsum(range(5)), math.fsum({1, True, 2.5}))
print(math.fsum([1e308, -1e308, 1e-320, 5e-324]), math.fsum([Fraction(1, 3), 10 ** 20, -1]))
# Parts that do not overlap: as many as there are exponents.
wide = [2.0 ** e for e in range(-1074, 1000, 17)]
print(math.fsum(wide) == float(sum(map(Fraction, wide))), math.fsum(wide[::-1]), math.fsum(wide + [-x for x in wide]))
wide = [(-1) ** (e // 54) * 1.5 * 2.0 ** e for e in range(-1070, 960, 54)]
for step in 1, 3, 5, 7:
    print(math.fsum(wide[::step] + wide[1::2]) == float(sum(map(Fraction, wide[::step] + wide[1::2]))))
r = random.Random(3)
for _ in range(200):
    xs = [r.uniform(-1, 1) * 2.0 ** r.randrange(-900, 900) for _ in range(r.randrange(90))]
    xs += [-x for x in xs[: len(xs) // 2]]
    r.shuffle(xs)
    if math.fsum(xs) != float(sum(map(Fraction, xs))):
        print("wrong", xs)
print(math.fsum([1.0, inf, 2.0, inf]), math.fsum([nan, 1.0]), math.fsum(iter([inf, nan])))
for bad in [1e308, 1e308], [inf, -inf], [1.0, "x"], [1.0, None], 5, [10 ** 400], [1j]:
    try:
        print(math.fsum(bad))
    except Exception as error:
        print(type(error).__name__, error)


def failing():
    yield 1.0
    raise KeyError("end")


try:
    math.fsum(failing())
except KeyError as error:
    print("KeyError", error)
