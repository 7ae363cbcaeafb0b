# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Complex numbers among ints and floats: steps on a grid, sums that begin with an int, what is no number at all.
import math

STEPS = {"n": -1j, "s": 1j, "e": 1, "w": -1, "half": 0.5, "back": -0.0}


def walk(steps, start, n):
    seen = {start}
    p = start
    for i in range(n):
        for d in steps:
            q = p + d
            if q not in seen and abs(q) < 3:
                seen.add(q)
        p += steps[i % len(steps)]
    return p, sorted(seen, key=lambda z: (complex(z).real, complex(z).imag))


def named(path):
    p = 0
    for c in path:
        p += STEPS[c]
    return p


def operations(values, z):
    out = []
    for v in values:
        try:
            out.append((z + v, v + z, z - v, v - z, z * v, v * z))
            out.append((v == z, z != v))
            out.append(z / v)
        except (ZeroDivisionError, OverflowError, TypeError) as e:
            out.append(type(e).__name__ + ": " + str(e))
    return out


class Own(complex):
    def __add__(self, other):
        return 7 + 7j

    __radd__ = __add__


print(walk((1, -1, 1j, -1j), 0j, 9))
print(walk([1, -1, 1j, -1j], 2, 7))
print(walk((1, 0.5, 1j), 1 + 1j, 5))
print(walk((True, 1j, -1), 0j, 6))
print(named(["n", "e"]), named(["e", "e"]), named(["half", "s", "back"]), named([]))
for z in 1 + 2j, complex(-0.0, -0.0), 3 + 0j:
    for row in operations((1, 1j, -1, 0.5, -0.0, 0, 3, True, 2**70, 2**53 + 1, 10**400, complex("nan"), math.inf, "x", None), z):
        print(row)
print(walk((1, 1j, Own(2)), 0j, 2)[0])


def later(n):
    d = 1
    total = 0j
    for i in range(n):
        total += d
        d = 1j if i % 2 else 1
        total += 0.5 if i % 3 else 1
    return total, d


print(later(7), later(0))
