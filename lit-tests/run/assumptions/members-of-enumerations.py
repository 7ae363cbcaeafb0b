# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# What a class binds to a constant is looked at in loops, and lent: here members of enumerations. Meanwhile the name is given to another class, the
# class gets another value or a descriptor, and what was looked at goes away.
from enum import Enum, IntEnum


class Colour(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3


class Level(IntEnum):
    LOW = 1
    HIGH = 2


class Plain:
    RED = 10
    GREEN = 20
    LIMIT = 5


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


class Found:
    def __get__(self, o, cls):
        return cls.__name__


def count(colours):
    reds = others = 0
    for c in colours:
        if c is Colour.RED:
            reds += 1
        elif c is not Colour.BLUE:
            others += 1
    return reds, others


def levels(times):
    total = 0
    for n in range(times):
        total += Level.HIGH + Level.LOW
        if n == Level.LOW:
            total += 100
    return total


def limits(times):
    total = 0
    for n in range(times):
        if n < Plain.LIMIT:
            total += Plain.LIMIT
    return total


def replaced(times):
    seen = []
    for n in range(times):
        if n == 2:
            Plain.GREEN = Loud(n)
        seen.append(Plain.GREEN is None)
        if n == 3:
            Plain.GREEN = 20
    return seen


def held(times):
    out = None
    for n in range(times):
        out = Plain.RED
        if n == 1:
            Plain.RED = Loud("held")
        if n == 3:
            Plain.RED = 11
    return type(out).__name__


palette = [Colour.RED, Colour.GREEN, Colour.BLUE] * 3
print(count(palette), levels(4), limits(8))
print(replaced(6))
print(held(6))
Plain.LIMIT = 2.5
print(limits(8))
Plain.LIMIT = Found()
try:
    print(limits(8))
except TypeError as e:
    print("TypeError", e)
del Plain.LIMIT
try:
    print(limits(8))
except AttributeError as e:
    print("AttributeError", e)
try:
    Colour.RED = 5
except AttributeError as e:
    print("AttributeError", e)
print(count(palette))
Members, Colour = Colour, Plain
try:
    print(count(palette + [10, 11]))
except AttributeError as e:
    print("AttributeError", e)
Plain.BLUE = palette[0]
print(count(palette + [10, 11]))
Colour = Members
print(count(palette))


class Watched(type):
    def __getattribute__(cls, name):
        print("asked for", name)
        return type.__getattribute__(cls, name)


class Colour(metaclass=Watched):
    RED = palette[1]
    BLUE = None


print(count(palette[:2]))
