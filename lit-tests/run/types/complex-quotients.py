# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Division of complex numbers in loops: signs of zeros, infinities, NaNs, real and whole divisors, and by zero.
inf = float("inf")
nan = float("nan")
parts = [0.0, -0.0, 1.0, -2.5, 3e300, 5e-324, inf, -inf, nan]


def show(z):
    return f"{z.real + 0.0 if z.real == z.real else 'nan'} {z.imag + 0.0 if z.imag == z.imag else 'nan'}"


def all_of_them():
    for a in parts:
        for b in parts:
            z = complex(a, b)
            line = []
            for c in parts:
                for d in parts:
                    w = complex(c, d)
                    try:
                        line.append(show(z / w))
                    except ZeroDivisionError as e:
                        line.append(str(e))
            print(hash(tuple(line)) == hash(tuple(line)), len(line), line[10:40:7])
    for a in parts:
        z = complex(a, 2.0)
        for d in parts:
            try:
                print(repr(z / d), repr(d / z), end="; ")
            except ZeroDivisionError as e:
                print(e, end="; ")
        print()


def series(n):
    z = 1 + 0j
    for i in range(1, n):
        z /= 1.5 - i * 1j
        z = z / 2 + (3 - 1j) / z * 0.25
    return z


def to_zero(n):
    z = 1 + 1j
    try:
        for i in range(n, -1, -1):
            z = z / complex(i, 0)
    except ZeroDivisionError as e:
        return z, str(e)


class Mine(complex):
    def __truediv__(self, other):
        return "mine"

    def __rtruediv__(self, other):
        return "right"


def mixed(l):
    out = []
    for z in l:
        out.append(z / (2 + 1j))
        out.append((2 + 1j) / z)
    return out


all_of_them()
print(series(30))
print(to_zero(5))
print(mixed([1 + 1j, 2, 0.5, True, Mine(1, 1), 3j, 10**40]))
