# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
#
# Numbers that are ints at times and floats at others: exact as ints, signs of zeros, sizes beyond 2**53, results' types.
import math


class Vector:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def scale(self, by):
        return Vector(self.x * by, self.y * by, self.z * by)

    def negated(self):
        return Vector(-self.x, -self.y, -self.z)

    def over(self, other):
        return Vector(self.x / other.x, self.y / other.y, self.z / other.z)

    def shorter(self, other):
        return self.x < other.x and self.y <= other.y or self.z == other.z

    def length(self):
        return math.sqrt(self.dot(self))

    def isNull(self):
        if self.x or self.y or self.z:
            return False
        return True

    def __repr__(self):
        return f"<{self.x!r} {self.y!r} {self.z!r}>"


def show(label, compute):
    try:
        print(label, compute())
    except (ZeroDivisionError, OverflowError, ValueError, TypeError) as error:
        print(label, type(error).__name__, error)


def dots(vectors, n):
    out = []
    for _ in range(n):
        for a in vectors:
            for b in vectors:
                out.append(a.dot(b))
    return out


big = 1 << 53
vectors = [
    Vector(1.5, 2.5, 0.5), Vector(0, 1, 0), Vector(1, 0, 0.0), Vector(0, -5, -0.0), Vector(-1, 2, 3), Vector(big, 1, 1), Vector(big - 1, 1.5, -1),
    Vector(1 << 30, 1 << 30, 3), Vector(1 << 61, 2, 0.5), Vector(1 << 62, 1, 1), Vector(1 << 80, 0, 0), Vector(1e300, 2, 0.1), Vector(True, False, 1.0),
    Vector(float("inf"), 0, 1), Vector(-0.0, 0, -0.0),
]
print(dots(vectors, 1))


def pairs(vectors, operation):
    out = []
    for a in vectors:
        for b in vectors:
            try:
                out.append(operation(a, b))
            except ZeroDivisionError as error:
                out.append(str(error))
            except OverflowError as error:
                out.append(str(error))
    return out


print(pairs(vectors, lambda a, b: a - b))
print(pairs(vectors, lambda a, b: (a + b).dot(a - b)))
print(pairs(vectors, lambda a, b: a.over(b)))
print(pairs(vectors, lambda a, b: a.shorter(b)))


def each(vectors, n):
    out = []
    for i in range(n):
        for v in vectors:
            out.append(v.scale(0))
            out.append(v.scale(-1))
            out.append(v.scale(0.5))
            out.append(v.negated())
            out.append(v.isNull())
            out.append(v.negated().scale(0).negated())
            out.append(v.scale(i).x)
    return out


print(each(vectors[:5] + vectors[12:], 2))
print(each(vectors[5:12], 1))
for v in vectors:
    show("length", v.length)

nan = float("nan")
odd = Vector(nan, 1, 2)
print(odd.scale(1), odd.dot(vectors[1]), odd.shorter(odd), odd.x is odd.scale(1).x)


def total(values, start):
    t = start
    for v in values:
        t = t + v * 2
    return t


print(total([1, 2, 3], 0), total([1, 2.5, 3], 0), total([0.5, 1], 1), total([], 0), total([], 0.0), total([big, 1, 0.5], 0), total([big, big, 1], 1))


def zeros(values):
    out = []
    for a in values:
        for b in values:
            out.append(math.copysign(1, a * b * 1.0))
            out.append(math.copysign(1, (a - b) * 1.0))
            out.append(repr(a * b) + repr(a + b))
    return out


print(zeros([0, -5, 0.0, -0.0, 2.5, -1]))


def differ(items, u):
    out = []
    for k in items:
        a = (k - u) / 4
        b = (u - k) * 2
        out.append((a, b, k < u, u < k, k == u))
    return out


print(differ([1, 2, 3], 2), differ([1, 2, 3], 2.5), differ([big + 1, -big - 1, 7], 3), differ([big + 1, 1 << 62], 0.5), differ([1.5, 2], 2))


class Box:
    def __init__(self):
        self.sum = 0
        self.items = [0] * 4

    def put(self, i, v):
        self.items[i] = v * self.sum

    def add(self, v):
        self.sum = self.sum + v * v
        return self.sum


def boxes(values):
    box = Box()
    out = []
    for i in range(len(values)):
        out.append(box.add(values[i]))
        box.put(i % 4, values[i])
    return out, box.items, box.sum


print(boxes([1, 2, 3]), boxes([1.5, 2, -3]), boxes([2, 0.5, 1 << 31, 1 << 40]), boxes([0, -0.0, 0]))
