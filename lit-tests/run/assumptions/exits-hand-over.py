# What a version has computed when it is left in the middle of an expression: words, numbers and truths of several exits, which
# share what carries them to the general body.
# RUN: krait run %s | diff %s.out -
import sys


class Strange(float):
    def __mul__(self, other):
        return ("mul", float(self), other)

    def __rmul__(self, other):
        return ("rmul", float(self), other)

    def __add__(self, other):
        return ("add", float(self), other)

    def __radd__(self, other):
        return ("radd", float(self), other)

    def __lt__(self, other):
        return "less"

    def __gt__(self, other):
        return "greater"


def mixed(xs, ys, scale: float, n: int):
    total = 0.0
    count = 0
    z = 1j
    for i in range(n):
        x = xs[i]
        total = scale * x + (total + ys[i] * 2.0) * 0.5
        z = z * z + complex(0.25, 0.1)
        count += i * 3 + len(xs)
        if total > 1e6:
            total = 0.0
    return total, count, z


def pairs(xs, ys, n):
    a, b, c, k = 0.5, 1.5, 2.5, 7
    out = []
    for i in range(n):
        d, e = xs[i] - a * 0.5, ys[i] + b * c
        a, b, c = d * 0.25 + b * 0.5, e * 0.125 + c * (d * 0.5), (a + d) * 0.125
        k = k * 2 % 1001 + (d < e)
        out.append((k, a < b < c))
    return a, b, c, k, out


def lazily(xs, ys, n):
    acc = 1.0
    for i in range(n):
        acc = acc * 0.5 + xs[i] * ys[i]
        yield acc, i * 2, acc * (xs[i] + i)


def run(f, *arguments):
    try:
        r = f(*arguments)
        print(list(r) if hasattr(r, "send") else r)
    except Exception as error:
        print(type(error).__name__, error)


plain = [0.5 * k for k in range(12)]
for place in (0, 1, 5, 11):
    for odd in (3, 10**30, True, None, "text", Strange(2.5), 1 + 2j, [1.0], float("inf"), 2**62, -(2**61)):
        first, second = list(plain), list(plain)
        first[place] = odd
        second[11 - place] = odd
        for xs, ys in ((first, plain), (plain, second), (first, second)):
            run(mixed, xs, ys, 1.5, 12)
            run(pairs, xs, ys, 12)
            run(lazily, xs, ys, 12)
before = [sys.getrefcount(o) for o in (plain, None)][:1]
run(mixed, plain, plain[:6], 1.5, 12)
print(before == [sys.getrefcount(plain)])
