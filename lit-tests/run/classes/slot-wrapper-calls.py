# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a class has in a slot, called through the class again and again at one place: object.__setattr__(o, …), dict.__getitem__(d, k).
class Kept(dict):
    def __setitem__(self, key, value):
        dict.__setitem__(self, key, value * 2)

    def __getitem__(self, key):
        return dict.__getitem__(self, key) + 1


class Sealed:
    def __init__(self, a, b):
        object.__setattr__(self, "a", a)
        object.__setattr__(self, "b", b)

    def __setattr__(self, name, value):
        raise AttributeError("sealed: " + name)


class Other(Sealed):
    __slots__ = ("c",)

    def __init__(self, c):
        object.__setattr__(self, "c", c)


class Dies:
    def __del__(self):
        print("dies")


def many(n):
    total = 0
    for i in range(n):
        s = Sealed(i, [i])
        total += s.a + s.b[0]
    return total


print(many(50), Other(3).c)
d = Kept()
for i in range(5):
    d[i] = i
print([d[i] for i in range(5)], dict.__len__(d), int.__add__(3, 4), int.__add__(3, "x"))


def use(cls, name, *args):
    try:
        print(getattr(cls, name)(*args))
    except Exception as e:
        print(type(e).__name__, e)


def set_on(o, name, value):
    try:
        return object.__setattr__(o, name, value)
    except Exception as e:
        print(type(e).__name__, e)


for o in (Sealed(1, 2), 5, object(), Sealed, dict, Sealed(3, 4)):
    set_on(o, "zz", 3)
for o in (Sealed(1, 2), Sealed(3, 4)):
    set_on(o, "gone", Dies())
    set_on(o, "gone", 1)
for args in ((), (d,), (d, 1), (d, 9), ({}, 1), (3, 1), (d, 1, 2)):
    use(dict, "__getitem__", *args)


def by_position(args):
    try:
        return object.__setattr__(*args) if len(args) != 3 else object.__setattr__(args[0], args[1], args[2])
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print(by_position(()), by_position((1,)), by_position((Sealed(1, 2), "x")), by_position((Sealed(1, 2), 3, 4)))


class Base:
    def __setattr__(self, name, value):
        object.__setattr__(self, name, (value, "base"))


class Derived(Base):
    pass


def put(cls, o):
    cls.__setattr__(o, "v", 1)
    return o.v


print([put(c, Derived()) for c in (Base, Derived, object, Base)])
del Base.__setattr__
print([put(c, Derived()) for c in (Base, Derived, object, Base)])
Derived.__setattr__ = lambda self, name, value: self.__dict__.update(v="own")
print([put(c, Derived()) for c in (Base, Derived, object, Base)])


class Deep(dict):
    def __getitem__(self, key):
        return dict.__eq__(self, Deep.other) and 1

    def __eq__(self, other):
        return dict.__eq__(self, other)


a = {}
a[1] = a
b = {}
b[1] = b
try:
    dict.__eq__(a, b)
except RecursionError as e:
    print("RecursionError", e)
