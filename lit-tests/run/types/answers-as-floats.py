# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Comparisons' answers beside floats: they are computed with as the numbers that they are, and stay what they are elsewhere.
import math


def diagonal(n):
    return [[(i * 7 + j * 3) % 11 + (i == j) * 5.0 for j in range(n)] for i in range(n)]


def steps(xs, edge):
    s = 0.0
    for x in xs:
        s += 2.5 * (x > edge)
        s -= (x == edge) * x
        s *= 1 + (x < 0.0) / 2.0
    return s


def mixed(xs):
    out = []
    for x in xs:
        y = x * 0.5
        out.append(((x > 1.0) + y, (x > 1.0) - y, y / (1.0 + (x > 1.0)), y // ((x < 9.0) + 0.5), (x > 1.0) % 0.75, max(0.25, x > 1.0), abs(x > 1.0), (x > 1.0) * (y > 1.0)))
    return out


def divided(xs):
    out = []
    for x in xs:
        try:
            out.append(x / (x > 1.0))
        except ZeroDivisionError as e:
            out.append(str(e))
    return out


def of_either(xs):
    s = 0.0
    for x in xs:
        s += x * (x > 1)
        s = s + (x == 2) * s
    return s


print(diagonal(3))
print(steps([1.0, 2.0, -3.5, 4.0, 0.5], 2.0), steps([], 1.0))
for row in mixed([0.5, 1.5, 4.0]):
    print(row)
print(divided([0.5, 2.0]), of_either([1, 2.5, 2, 3]), of_either([1.5]), math.sqrt((2.0 > 1.0) * 4.0))
