# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# abs(z) that is only compared: near the number, far from it, where squares overflow or vanish, and of what is no number.
import math


def counts(zs, b):
    below = above = same = other = least = most = 0
    for z in zs:
        w = z * 1.0
        if abs(w) < b:
            below += 1
        if abs(w) > b:
            above += 1
        if b == abs(w):
            same += 1
        if b != abs(w):
            other += 1
        if b <= abs(w):
            least += 1
        if abs(w) <= b:
            most += 1
    return below, above, same, other, least, most


def longest(zs):
    most = 0j
    for z in zs:
        w = z * 1.0
        if abs(w) > abs(most):
            most = w
    return most


def steps(c):
    z = 0j
    n = 0
    while abs(z) <= 2 and n < 200:
        z = z * z + c
        n += 1
    return n


def around(b):
    zs = []
    for angle in range(60):
        for off in (-1e-3, -1e-12, -3e-16, -1e-16, 0.0, 1e-16, 2.3e-16, 1e-12, 1e-3):
            r = b * (1 + off)
            zs.append(complex(r * math.cos(angle), r * math.sin(angle)))
    return zs


inf, nan = math.inf, math.nan
for b in (2.0, 1.0, 5.0, 1e-3, 1e154, 1e-170, 1e200, 5e-324, 1e-308, 1e308):
    print(b, counts(around(b), b), longest(around(b)) == max(around(b), key=abs))
odd = [complex(x, y) for x in (0.0, -0.0, 3.0, -4.0, 5e-324, 1e-200, 1e160, inf, -inf, nan) for y in (0.0, 4.0, 1e-320, 1e155, inf, nan)]
for b in (5.0, 0.0, -1.0, -0.0, inf, -inf, nan, 1e-200, 1e160, 1.7976931348623157e308):
    print(b, counts(odd, b))
print(sum(steps(complex(x / 20, y / 20)) for x in range(-40, 20) for y in range(-20, 20)))
try:
    print(counts([1e308 + 1e308j, complex(1.7e308, 1.7e308)], 3.0))
except OverflowError as e:
    print(e)
