# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a site reads of classes: __class__, and constants, by receivers of several classes, before and after these change.


class A:
    limit = 1

    def __init__(self, x):
        self.x = x


class B(A):
    limit = 2
    kind = dict


class Slots:
    __slots__ = ("x",)
    limit = 3
    kind = int

    def __init__(self, x):
        self.x = x


class Pretends:
    limit = 4
    kind = str

    @property
    def __class__(self):
        return A


class Holds:
    limit = 5
    kind = len

    def __init__(self):
        self.__dict__["__class__"] = "mine"
        self.__dict__["y"] = 0


class Descriptor:
    pass


class Uses:
    limit = Descriptor()
    kind = Descriptor


def which(o):
    return o.__class__


def limit(o):
    return o.limit


def same(a, b):
    return a.__class__ is b.__class__, a.__class__ == b.__class__


def show(*objects):
    for o in objects:
        print(which(o).__name__, end=" ")
        try:
            print(limit(o) if not isinstance(limit(o), Descriptor) else "descriptor", o.kind)
        except AttributeError as e:
            print(e)
    print([same(a, b) for a in objects[:3] for b in objects[:3]])


objects = [A(1), B(2), Slots(3), Pretends(), Holds(), Uses()]
for o in objects:
    for _ in range(3):
        which(o), limit(o)
for _ in range(3):
    show(*objects)

a, b, s = objects[:3]
print([which(o).__name__ for o in (1, True, None, "x", [], (), A, type, len, 2.5, 1 << 80)])
A.limit = 10
show(a, b, s)
del B.limit
show(b, b, b)
a.limit = "own"
show(a, b, s)
del a.limit
b.__class__ = A
show(a, b, s)
print(which(B), which(b))
Descriptor.__get__ = lambda self, o, cls: ("got", o is None, cls.__name__)
print(limit(objects[5]), limit(objects[5]))
del Descriptor.__get__
print(type(limit(objects[5])).__name__)
try:
    a.__class__ = 3
except TypeError as e:
    print(e)
