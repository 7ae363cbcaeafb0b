# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Classes derived from int and tuple compare and add as these do, until they are given ways of their own.
import enum
import operator
from collections import namedtuple


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 1 << 61
    HUGE = 1 << 70


class Count(int):
    pass


class Wide(tuple):
    pass


Point = namedtuple("Point", "x y")
COMPARISONS = [operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge]


def compared(a, b):
    out = ""
    for f in COMPARISONS:
        try:
            out += "01"[f(a, b)]
        except TypeError:
            out += "-"
        except IndexError:
            out += "?"
    return out


def tested(a, b):
    return (a == b, a != b) + ((a < b, a <= b, a > b, a >= b) if isinstance(a, int) else ())


def summed(a, b):
    c = a
    c += b
    d = a
    d -= b
    return a + b, a - b, b + a, b - a, c, d, type(c).__name__, type(d).__name__


numbers = [Level.LOW, Level.HIGH, Level.HUGE, Count(1), Count(0), Count(-3), Count(1 << 61), 1, 0, -3, 1 << 61, 1 << 70, True, 1.0]
tuples = [Point(1, 2), Point(1, 2.0), Point(1, 3), Wide((1, 2)), Wide(), (), (1, 2), [1, 2], None, "a"]


def show():
    for x in numbers:
        print(x, [compared(x, y) for y in numbers], [sum(tested(x, y)) for y in numbers])
    for x in [Level.LOW, Level.HIGH, Level.HUGE, Count(-3), Count(1 << 61)]:
        print([summed(x, y) for y in (1, True, -3, Count(4), Level.LOW, 1 << 62, 0.5)])
    for x in tuples:
        print(x, [compared(x, y) for y in tuples], [sum(tested(x, y)) for y in tuples])


show()
for name, f in (("__eq__", lambda self, other: "eq"), ("__lt__", lambda self, other: True), ("__radd__", lambda self, other: "radd"),
                ("__add__", lambda self, other: "add"), ("__isub__", lambda self, other: "isub"), ("__iadd__", lambda self, other: NotImplemented)):
    setattr(Count, name, f)
    print(name, Count(1) == 1, 1 == Count(1), Count(1) != 1, bool(Count(2) < 1), 5 > Count(7), summed(Count(2), 1), summed(1, Count(2)))
for name in ("__eq__", "__lt__", "__radd__", "__add__", "__isub__", "__iadd__"):
    delattr(Count, name)
    print(name, Count(1) == 1, 1 == Count(1), bool(Count(2) < 1), summed(Count(2), 1), summed(1, Count(2)))
Point.__eq__ = lambda self, other: NotImplemented
print(Point(1, 2) == Point(1, 2), Point(1, 2) == (1, 2), (1, 2) == Point(1, 2), Point(1, 2) != Point(1, 2))
del Point.__eq__
Wide.__eq__ = lambda self, other: "wide"
print((1, 2) == Wide((1, 2)), Wide() == Point(1, 2), Point(1, 2) == Wide())
del Wide.__eq__
Wide.__ne__ = lambda self, other: "not wide"
print((1, 2) != Wide((1, 2)), Wide() != Point(1, 2), Wide() == ())
del Wide.__ne__


class Odd:
    def __eq__(self, other):
        raise IndexError("asked")


same = Odd()
print(Point(same, 1) == Point(same, 1), compared(Point(Odd(), 1), Point(Odd(), 1)), compared(Wide([Odd()]), (Odd(),)))
nested = Point(1, Point(2, Point(3, [])))
print(nested == Point(1, (2, Point(3, []))), nested == Point(1, Point(2, Point(3, [4]))))
show()
