# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# What a version expects of an object in one test: slots, and which methods its class has. Each of them breaks while the program runs.
import types


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def dot(self, other):
        return self.x * other.x + self.y * other.y

    def size(self):
        return self.dot(self) ** 0.5

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __lt__(self, other):
        return self.x < other.x

    def __getitem__(self, n):
        return self.y if n else self.x


def work(v, w, times):
    total = 0.0
    for _ in range(times):
        total += v.dot(w)
        s = v + w
        total += s.x
        if v < w:
            total += 1000
        total += v[1]
    return total


def fresh():
    return Vector(1.0, 2.0), Vector(3.0, 4.0)


v, w = fresh()
print("as made", work(v, w, 3), v.size())

v.dot = lambda other: 0.5
print("of the instance", work(v, w, 3), work(w, v, 3))
del v.dot
print("of the class again", work(v, w, 3))
v.__dict__["dot"] = lambda other: 0.25
print("through its dict", work(v, w, 3))
del v.__dict__["dot"]
print("an empty dict", work(v, w, 3))
v.__dict__["other"] = 1
print("a dict without it", work(v, w, 3))

v, w = fresh()
old = Vector.dot
Vector.dot = lambda self, other: -1.0
print("replaced", work(v, w, 3))
Vector.dot = old
print("put back", work(v, w, 3))
Vector.dot.__code__ = (lambda self, other: 7.0).__code__
print("other code", work(v, w, 3))


def dot(self, other):
    return self.x * other.x - self.y * other.y


Vector.dot.__code__ = dot.__code__
print("own code", work(v, w, 3))
Vector.dot = old
print("the same", work(v, w, 3))

add = Vector.__add__
Vector.__add__ = lambda self, other: Vector(10.0, 10.0)
print("operator", work(v, w, 3))
del Vector.__add__
try:
    print(work(v, w, 3))
except TypeError as e:
    print(e)
Vector.__add__ = add
print("operator again", work(v, w, 3))


class Same(Vector):
    pass


class Overriding(Vector):
    def dot(self, other):
        return 100.0


class Reflected(Vector):
    def __radd__(self, other):
        return Vector(0.125, 0.125)

    def __gt__(self, other):
        return False


class Wide(Vector):
    def __init__(self, x, y):
        self.first = 1
        super().__init__(x, y)


class Slotted:
    __slots__ = ("x", "y")
    dot, __add__, __lt__, __getitem__ = Vector.dot, Vector.__add__, Vector.__lt__, Vector.__getitem__

    def __init__(self, x, y):
        self.x, self.y = x, y


class Asking(Vector):
    def __getattribute__(self, name):
        return 2.0 if name == "x" else super().__getattribute__(name)


class Property(Vector):
    @property
    def dot(self):
        return lambda other: 3.0


kinds = [Vector, Same, Overriding, Reflected, Wide, Slotted, Asking, Property]
for a in kinds:
    print(a.__name__, [work(a(1.0, 2.0), b(3.0, 4.0), 2) for b in kinds])

many = [type(f"Kind{n}", (Vector,), {}) for n in range(24)]
objects = [kind(1.0, 2.0) for kind in many]
print("many classes", [sum(work(o, p, 1) for o in objects) for p in (objects[0], w)])
many[3].dot = lambda self, other: -3.0
print("one of them changed", sum(work(o, w, 1) for o in objects))

moved = Vector(1.0, 2.0)
print("moved", work(moved, w, 2), end=" ")
moved.__class__ = Overriding
print(work(moved, w, 2), end=" ")
moved.__class__ = Wide
print(work(moved, w, 2))

Same.__bases__ = (Overriding,)
print("other bases", work(Same(1.0, 2.0), w, 2))


class Meta(type):
    def mro(cls):
        return [cls, Overriding, Vector, object]


print("own order", work(Meta("Own", (Vector,), {})(1.0, 2.0), w, 2))
bound = types.MethodType(lambda self, other: 9.0, v)
v.dot = bound
print("bound", work(v, w, 2))


class Changing(Vector):
    def dot(self, other):
        if self.y > 5:
            Changing.dot = lambda self, other: 0.0
        self.y += 1
        return self.y


print("while it runs", work(Changing(1.0, 2.0), w, 8))
for other in (1, None, "text", [1], 2.5):
    try:
        print(work(other, w, 1))
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
    try:
        print(work(v, other, 1))
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
