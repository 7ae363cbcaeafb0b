# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Attributes that are deleted: where they stood, what dies, in which order the others stay, and who may say no.
class Told:
    def __init__(self, name, then=None):
        self.name, self.then = name, then

    def __del__(self):
        print("dies", self.name)
        if self.then:
            self.then()


class A:
    kept = "of the class"

    def __init__(self, *names):
        for n in names:
            setattr(self, n, n.upper())


def some():
    a = A()
    a.x = 1
    a.y = [2]
    a.z = Told("z")
    return a


for i in range(3):
    a = some()
    del a.y
    print(vars(some()).keys() == {"x", "y", "z"}, hasattr(a, "y"), a.x)
    a.y = 5
    print(list(vars(a)))
    del a.z
    a.w = 6
    del a.x
    print(vars(a))
    del a.y, a.w
    print(vars(a), a.kept)
    try:
        del a.y
    except AttributeError as e:
        print(e, e.name, e.obj is a)


def order():
    a = some()
    del a.x
    a.x = 7
    a.kept = 8
    del a.kept
    del a.y
    return a


print(list(order().__dict__), order().kept)

# What dies sees the attribute gone, and may put another there, or ask for the dict.
for i in range(2):
    b = some()
    b.z.then = lambda: (print("in", sorted(vars(b))), setattr(b, "z", 9))
    del b.z
    print(b.z, list(vars(b)))
    del b.z
    print(list(vars(b)))


class Many:
    def __init__(self):
        self.a = self.b = self.c = self.d = self.e = self.f = self.g = self.h = self.i = self.j = self.k = self.l = 1
        self.m = self.n = self.o = self.p = self.q = self.r = self.s = self.t = 2


for i in range(2):
    m = Many()
    del m.a, m.t, m.j
    m.a = 3
    del m.b
    print("".join(vars(m)), sum(vars(m).values()))


class Guarded:
    def __init__(self):
        self.x = 1

    def __delattr__(self, name):
        print("asked for", name)
        if name != "x":
            object.__delattr__(self, name)


class Slots:
    __slots__ = ("x", "__dict__")


class Bare:
    __slots__ = "x"


class Data:
    def __get__(self, o, t):
        return "data"

    def __set__(self, o, v):
        print("set")

    def __delete__(self, o):
        print("delete")


for i in range(2):
    g = Guarded()
    g.y = 2
    del g.x, g.y
    print(vars(g))
    for cls in (Slots, Bare):
        s = cls()
        s.x = 1
        del s.x
        try:
            del s.x
        except AttributeError as e:
            print(e)
    a = some()
    A.x = Data()
    del a.x
    a.x = 3
    print(vars(a)["x"], a.x)
    del A.x
    del a.x
    print("x" in vars(a))
    a = some()
    A.__delattr__ = lambda self, name: print("no", name)
    del a.x
    print(a.x)
    del A.__delattr__
    del a.x
    print(hasattr(a, "x"))

for what, name in ((A, "kept"), (3, "real"), (None, "x"), (some, "x"), (object(), "x")):
    try:
        exec(f"del what.{name}")
        print(hasattr(what, name))
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
