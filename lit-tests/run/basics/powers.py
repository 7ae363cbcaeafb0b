# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
"""Powers of floats are libm's to the last bit, and the odd cases raise; complex operators."""


def square(x):
    return x**2


def power(x, n):
    return x**n


def inplace(x, n):
    x **= n
    return x


h = state = 1
for i in range(3000):
    state = state * 6364136223846793005 + 1442695040888963407 & 0xFFFFFFFFFFFFFFFF
    x = (state >> 11) / 2.0**40 - 4000.0
    h = hash((h, square(x), power(abs(x) + 1, 0.5), power(x, 3), inplace(abs(x) + 0.25, -1.5)))
print(h)
for x in (0.0, -0.0, 1.0, -8.0, 2.0, 1e200, -1e200, 1e-200, float("inf"), float("nan"), 5, True, 2**70):
    for n in (0, 2, -1, 0.5, 1 / 3, -2.0, 1e10, True, float("inf"), 10):
        try:
            print(repr(power(x, n))[:40], end=" ")
        except (ArithmeticError, TypeError) as e:
            print(type(e).__name__, e, end=" ")
    print()


class C(complex):
    def __add__(self, o):
        return "C+"

    def __rmul__(self, o):
        return "rC*"


print((1 + 2j) + (3 - 1j), (1 + 2j) * (3 - 1j), (1 + 2j) - (3 - 1j), 0j * float("inf"), complex(-0.0, 0.0) * complex(1, -1))
print(complex(1, 2) * 2, 3 - 1j, C(1) + 1j, 1j * C(2), 1j - C(2))
x = 0.0
x -= 1
x *= 0.0
print(x)
x -= 2**80
print(x)
