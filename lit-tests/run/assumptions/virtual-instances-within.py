# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Instances that are not made although they hold others, and words: what they hold lives as long as they would.
import math
import weakref


class Vector:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def scale(self, factor):
        return Vector(factor * self.x, factor * self.y, factor * self.z)

    def normalized(self):
        return self.scale(1.0 / math.sqrt(self.dot(self)))


class Mark:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies:", self.name)


class Ray:
    def __init__(self, point, vector, mark):
        self.point = point
        self.vector = vector.normalized()
        self.mark = mark


class Twice:
    def __init__(self, v):
        w = v.scale(2.0)
        self.a = w
        self.b = w
        self.c = None


class Outer:
    def __init__(self, p, v):
        self.inner = Ray(p, v, None)
        self.n = 1.5


class Sphere:
    def __init__(self, centre, radius):
        self.centre = centre
        self.radius = radius

    def hit(self, ray):
        cp = self.centre - ray.point
        v = cp.dot(ray.vector)
        d = self.radius * self.radius - (cp.dot(cp) - v * v)
        if d < 0:
            return None
        return v - math.sqrt(d)


class Flat:
    def __init__(self, normal):
        self.normal = normal

    def hit(self, ray):
        return self.normal.dot(ray.vector)


class Keeper:
    kept = []

    def hit(self, ray):
        self.kept.append(ray)
        return -1.0


def hits(things, light, p):
    total = 0.0
    count = 0
    for o in things:
        t = o.hit(Ray(p, light - p, None))
        if t is not None:
            total += t
            count += 1
    return total, count


def look(p, v):
    r = Ray(p, v, None)
    return r.vector.x + r.vector.y * r.point.z


def marks(p, v, names):
    total = 0.0
    for name in names:
        r = Ray(p, v, Mark(name))
        total += r.vector.x
        print("looked at", name)
        total += r.point.x
    print("behind the loop")
    return total


def keeps(p, v):
    r = Ray(p, v, Mark("kept"))
    x = r.vector.x
    m = r.mark
    p = None
    print("mark", m.name, x > 0)
    y = r.point.y
    return m, y


def same(p, v):
    t = Twice(v)
    return t.a is t.b, t.a.x + t.b.y, t.c is None


def asked(p, v, f):
    r = Ray(p, v, None)
    x = r.vector.x
    w = r.vector
    f(w)
    return w is r.vector, w.x == x, r.point is p, type(r).__name__


def whole(p, v, f):
    r = Ray(p, v, None)
    x = r.vector.y
    f(r)
    return r.vector.y == x, r.point is p


def deep(p, v):
    o = Outer(p, v)
    return o.inner.vector.z + o.inner.point.y + o.n


def fails(p, v, divisor):
    r = Ray(p, v, Mark("in an error"))
    x = r.vector.x
    y = x / divisor
    return r.point.x + y


def grows(p, v, n):
    r = Ray(p, v, None)
    total = 0
    x = r.vector.x
    for i in range(n):
        total += total + n
    return total, x < 1, r.point is p


class Named(Vector):
    def __del__(self):
        print("a vector dies:", self.x)


A, B = Named(1.0, 2.0, 3.0), Named(3.0, 5.0, 9.0)
things = [Sphere(Vector(2.0, 3.5, 6.0), 2.5), Flat(Vector(0.0, 1.0, 0.0))] * 20
for _ in range(3):
    print(hits(things, B, A), look(A, B), deep(A, B))
print(hits(things, B, Named(0.0, 0.5, 0.0)), look(Named(0.25, 0.0, 0.0), Named(0.0, 2.0, 0.0)), deep(Named(0.125, 0.0, 0.0), B))
print(marks(A, B, ["one", "two", "three"]))
for _ in range(2):
    m, y = keeps(Vector(0.5, 0.25, 0.0), B)
    print("mark is alive:", m.name, y)
    del m
print(same(A, B), same(A, Vector(1, 2, 3)))
seen = []
for _ in range(2):
    print(asked(A, B, seen.append), len(seen), seen[-1].x)
    print(whole(A, B, seen.append), seen[-1].vector.z, type(seen[-1]).__name__)
print(hits(things + [Keeper()] * 3, B, A), [r.point is A for r in Keeper.kept], Keeper.kept[0].vector is not Keeper.kept[1].vector)
for divisor in (2.0, 0, 0.0, "x"):
    try:
        print(fails(A, B, divisor))
    except (ZeroDivisionError, TypeError) as error:
        print(type(error).__name__, error)
print(grows(A, B, 3), grows(A, B, 70))
# Other kinds than expected.
print(look(A, Vector(3, 4, 0)), look(Vector(1, 2, 3), B), look(Vector(True, 1j, 2), B))
try:
    look(A, Vector(0.0, 0.0, 0.0))
except ZeroDivisionError as error:
    print(error)
try:
    look(None, B)
except AttributeError as error:
    print(error)
# A class that changes.
nan = look(A, Vector(float("nan"), 1.0, 1.0))
print(nan != nan)


class Slow(Vector):
    def normalized(self):
        return "none"


try:
    look(A, Slow(1.0, 2.0, 3.0))
except AttributeError as error:
    print(error)
Ray.mark_set = 0


def noticing(self, name, value):
    if name == "point":
        Ray.mark_set += 1
    object.__setattr__(self, name, value)


Ray.__setattr__ = noticing
print(look(A, B), Ray.mark_set, hits(things, B, A), Ray.mark_set)
del Ray.__setattr__
print(look(A, B), Ray.mark_set)
Ray.__del__ = lambda self: print("a ray dies", self.point is A)
print(look(A, B))
del Ray.__del__


class Cyclic:
    def __init__(self, v):
        self.me = self
        self.v = v.scale(3.0)


def cycle(v):
    c = Cyclic(v)
    return c.me.v.x, c.v.y


print([cycle(B) for _ in range(3)])
print("the first goes", Keeper.kept[0].point is A)
del A
print("not yet")
Keeper.kept.clear()
seen.clear()
del B
print("both gone")
refs = weakref.ref(m2 := Mark("last"))
del m2
print(refs() is None)
