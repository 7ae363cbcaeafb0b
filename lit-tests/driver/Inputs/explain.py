# One function for each remark of ir/core/remarks.def; explain.test looks for all of them.
import math


class Vec:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

    def dot(self, other):
        return self.x * other.x + self.y * other.y

    def norm(self):
        return math.sqrt(self.dot(self))


def walk(n):  # version, in-place, range-loop, virtual-instance
    step = Vec(1.0, 0.5)
    total = 0.0
    for i in range(n):
        total += (step + step).dot(step) * 0.5
        total += Vec(total, 1.0).norm()
    return total


def names(counts):  # list-loop, sequence-loop
    for name in counts:
        yield_it(name)
    for number, name in enumerate(counts):
        print(number, name)


def yield_it(x):
    if x == "never":
        return countdown(3) + loops(3)
    return None


def unknown(n, x):  # unknown-operand
    total = 0
    for i in range(n):
        if x.low < x.high:
            total += i
    return total


def countdown(n):
    return 0 if n < 1 else countdown(n - 1) + 1


def loops(n):
    while n > 0:
        n -= 1
    return [n][0]


def large(a, b):
    c = a * b + a - b; d = c * b + c - a; e = d * a + d - c; f = e * b + e - d; g = f * a + f - e
    if a > b: g = g * b + g - f
    if c > d: g = g * a + g - c
    if e > f: g = g * d + g - e
    if g > b: g = g * c + g - d
    p = g * b + g - f
    return p


def refused(n, other):  # callee-loops, callee-recursive, callee-does, callee-large, unknown-*
    total = 0
    for i in range(n):
        total += loops(i) + countdown(i) + shown(i) + large(i, 2)
        total += bound(i)
        other.missing = other.absent
        other[str(n)[i]] = other.a + other.b
    for x in other.iterate(total):
        total += 1
    return total


def shown(x):
    print(x)
    return x


def bound(x, scale=2, *, by=1):
    for i in range(x):
        try:
            scale += int(x) * by
        finally:
            total = 0
    return scale


def captured(xs):  # captured-variable
    k = 0
    later = lambda: k
    rows = [x * k for x in xs]
    k = 1
    return rows, later


def asks(n):  # asks-for-locals
    for i in range(n):
        n += i
    return locals()


def little(x):  # too-little
    return x.y + 1


def once(x, y):  # called-once
    return x * 2.0 + y * 3.0 - (x - 1.5) * (y - 2.5)


def generated(n):
    yield n


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


def mutual(n):  # callee-shape, callee-recursive
    for i in range(n):
        generated(i)
        even(i)
    return n


def summed(n):  # fused-generator
    for x in generated(n):
        n += x
    return n


def nothing(x):  # nothing-guessed
    for y in x:
        print(y)


def collected(xs):  # bound-method, bound-method-made
    out = []
    append = out.append
    extend = out.extend
    for x in xs:
        append(x)
    extend(out)
    return extend


print(once(1.0, 2.0))
