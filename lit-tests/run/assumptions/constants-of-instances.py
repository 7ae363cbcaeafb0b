# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
#
# What an instance's class has, asked of the instance in a loop: the class changes, the instance hides it, another class has another, it becomes a
# descriptor, the object changes its class, the class has no dict, or an odd one.
import sys


class Getting:
    def __get__(self, instance, owner):
        return 40 + instance.x


class Settled:
    def __init__(self, n):
        self.n = n


class Thing:
    SIZE = 3
    TABLE = [1, 2, 3]
    NAME = "t"
    OBJECT = Settled(5)
    MODULE = sys

    def __init__(self, x):
        self.x = x

    def total(self, rounds):
        s = 0
        for i in range(rounds):
            s += self.SIZE * self.x + self.TABLE[i % 3] + len(self.NAME)
        return s

    def other(self, rounds):
        found = []
        for i in range(rounds):
            found.append(self.OBJECT.n if isinstance(self.OBJECT, Settled) else self.OBJECT)
        return found

    def module(self):
        return self.MODULE


class Wide(Thing):
    SIZE = 30


class Slotted:
    __slots__ = ("x",)
    SIZE = 4

    def __init__(self, x):
        self.x = x

    def total(self, rounds):
        s = 0
        for i in range(rounds):
            s += self.SIZE * self.x
        return s


class Asking(Thing):
    def __getattr__(self, name):
        return f"no {name}"


class Always(Thing):
    def __getattribute__(self, name):
        return 100 if name == "SIZE" else object.__getattribute__(self, name)


class List(list):
    SIZE = 6

    def total(self, rounds):
        s = 0
        for i in range(rounds):
            s += self.SIZE + len(self)
        return s


class Long(int):
    SIZE = 7

    def total(self, rounds):
        s = 0
        for i in range(rounds):
            s += self.SIZE + int(self)
        return s


def show(*things):
    print(*(t.total(5) for t in things))


a, b, w = Thing(1), Thing(2), Wide(3)
show(a, b, w, Slotted(2), Asking(4), Always(5), List([1, 2]), Long(10 ** 20), Long(3))
b.__dict__["SIZE"] = 50
show(a, b, w)
setattr(a, "SIZE", 60)
show(a, b, w)
delattr(a, "SIZE")
show(a, b, w)
setattr(Thing, "SIZE", 5)
setattr(Thing, "TABLE", (4, 5, 6))
show(a, b, w)
setattr(Wide, "SIZE", Getting())
show(a, b, w)
delattr(Wide, "SIZE")
show(a, b, w)
print(a.other(2), w.other(2))
Settled.__get__ = lambda self, instance, owner: -instance.x
print(a.other(2), w.other(2))
del Settled.__get__
print(a.other(2), w.other(2))
Thing.OBJECT.__class__ = Getting
print(a.other(2), w.other(2))
print(a.module() is sys, w.module() is sys)


class Odd(type(sys)):
    def __get__(self, instance, owner):
        return "odd"


sys.__class__ = Odd
print(a.module(), w.module())
sys.__class__ = type(Odd("m")).__base__
print(a.module() is sys)

delattr(Thing, "SIZE")
try:
    a.total(1)
except AttributeError as e:
    print(e)
show(b, Slotted(1))
a.__class__ = Asking
try:
    a.total(1)
except TypeError as e:
    print(e)
setattr(Asking, "SIZE", 2)
show(a)
a.__class__ = Wide
setattr(Wide, "SIZE", 8)
show(a, w)


Twice = type("Twice", (Thing,), {"SIZE": property(lambda self: self.x * 1000)})
show(Twice(2), a)
for n in range(12):
    kind = type(f"K{n}", (Thing,), {"SIZE": n})
    show(kind(1), kind(2), a)
