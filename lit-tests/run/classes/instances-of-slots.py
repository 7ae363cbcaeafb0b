# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Instances with nothing but words of __slots__: made in place and by calls, with some words empty, inherited ones, in chains and rings, whose class dies with
# them; and their methods, which a dict of a derived class hides, another class of the same words replaces, or a store into the class.
import gc
import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


class Point:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y, self.z + other.z)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def scaled(self, by):
        return Point(self.x * by, self.y * by, self.z * by)


class Named(Point):
    __slots__ = ("name",)

    def __init__(self, x, y, z, name):
        Point.__init__(self, x, y, z)
        self.name = name


class Partly:
    __slots__ = ("first", "second", "third")

    def __init__(self, second):
        self.second = second


class Open(Point):
    pass


class Other:
    __slots__ = ("x", "y", "z")

    def dot(self, other):
        return "other"

    def scaled(self, by):
        return self


class Link:
    __slots__ = ("next", "value")

    def __init__(self, next, value):
        self.next = next
        self.value = value


def sums(points, n):
    total = 0.0
    for _ in range(n):
        for p in points:
            total += (p + p.scaled(0.5)).dot(p)
    return total


def dots(points, n):
    total = 0.0
    for _ in range(n):
        for p in points:
            total += p.dot(p)
    return total


points = [Point(1.0, 2.0, 3.0), Point(0.5, 0.25, 4.0), Named(1.0, 1.0, 1.0, "n")]
print(sums(points, 100))

print("empty words")
for made in (Partly(1), Partly(Loud("second"))):
    for name in Partly.__slots__:
        try:
            value = getattr(made, name)
            print(name, value if isinstance(value, int) else "loud")
        except AttributeError as error:
            print(error)
    del value
    made.third = Loud("third")
    del made.second
del made
print("inherited")
n = Named(Loud("x"), Loud("y"), Loud("z"), Loud("name"))
kept = n.y
del n
print("kept")
del kept

print("chain")
chain = None
for i in range(200_000):
    chain = Link(chain, i)
del chain, i
ring = Link(None, Loud("in a ring"))
ring.next = Link(ring, 1.5)
del ring
gc.collect()


def local(n):
    class Local:
        __slots__ = ("a", "b")

        def __init__(self, a, b):
            self.a = a
            self.b = b

        def sum(self):
            return self.a + self.b

    made = [Local(i, 2 * i) for i in range(n)]
    return sum(m.sum() for m in made), made.pop()


print("class of its own")
total, last = local(50)
print(total, last.sum())
del last
gc.collect()

print("hidden and replaced")
o = Open(1.0, 2.0, 3.0)
print(sums([o], 2))
o.dot = lambda other: 1000.0
print(sums([o, points[0]], 2), sums([points[0], o], 2))
print(dots(points, 3), dots([o, points[0]], 3), dots([points[0], o, Open(1.0, 0.5, 0.25)], 3))
swapped = Point(1.0, 1.0, 1.0)
print(sums([swapped], 2))
swapped.__class__ = Other
print(swapped.dot(1), swapped.scaled(2) is swapped, swapped.x)
old = Point.dot
Point.dot = lambda self, other: 1.0
print(sums(points, 3))
Point.dot = old
print(sums(points, 3))


class Finalized(Point):
    __slots__ = ()

    def __del__(self):
        print("finalized", self.x)


f = Finalized(1, 2, 3)
del f
print((Finalized(4, 5, 6) + Point(1, 1, 1)).x)
blocks = sys.getallocatedblocks()
for _ in range(1000):
    sums(points, 3)
    Partly(points[0])
    Link(Link(None, [1]), points)
print(sys.getallocatedblocks() - blocks < 50)
