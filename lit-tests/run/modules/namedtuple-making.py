# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The function that makes a named tuple is executed where it is not what it looks like: another global, another class.
import gc
import sys
import traceback
from collections import namedtuple
from typing import NamedTuple

Point = namedtuple("Point", ["x", "y"])
Given = namedtuple("Given", "a b c", defaults=(2, [3]))
One = namedtuple("One", ["only"])
None_ = namedtuple("None_", [])
Many = namedtuple("Many", [f"f{i}" for i in range(20)])
Typed = NamedTuple("Typed", [("n", int), ("l", list)])


class Written(NamedTuple):
    n: int
    l: list = []


class Derived(Point):
    def __new__(cls, x):
        return super().__new__(cls, x, x * 2)


class WithDict(Point):
    def __init__(self, x, y):
        self.sum = x + y


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


def made():
    for _ in range(3):
        print(Point(1, 2), Point(x=3, y=4), Point(5, y=6), Given(1), Given(1, c=4), One("x"), None_(), Typed(1, []), Written(n=1), Written(1, [2]))
    print(Many(*range(20)) == tuple(range(20)), Derived(4), WithDict(1, 2).sum, Point._make([1, 2]), Point(1, 2)._replace(y=5))
    for args, names in (((1,), {}), ((1, 2, 3), {}), ((1,), {"x": 2}), ((1, 2), {"z": 3})):
        try:
            Point(*args, **names)
        except TypeError as e:
            print(e)


def lives():
    point = Point(Loud("x"), Loud("y"))
    print("made")
    del point
    print("deleted")
    item = Loud("item")
    points = [Point(item, item) for _ in range(10)]
    print(sys.getrefcount(item))
    del points
    print(sys.getrefcount(item))
    ring = Point([], 1)
    ring.x.append(ring)
    print(gc.is_tracked(ring), type(ring) is Point, Point.__new__(Derived, 1, 2), type(Point.__new__(Derived, 1, 2)))


def others():
    make = Point.__new__
    for cls in (tuple, list, 5, Given, sys.version_info.__class__):
        try:
            print(make(cls, 1, 2), type(make(cls, 1, 2)))
        except TypeError as e:
            print(e)
    make.__globals__["_tuple_new"] = lambda cls, items: ("mine", cls, items)
    print(Point(1, 2))
    make.__globals__["_tuple_new"] = list.__new__
    try:
        Point(1, 2)
    except TypeError:
        print(traceback.format_exc().split("\n")[-4:])
    del make.__globals__["_tuple_new"]
    try:
        Point(1, 2)
    except NameError as e:
        print(e)
    make.__globals__["_tuple_new"] = tuple.__new__
    print(Point(1, 2), make.__code__.co_varnames, make.__code__.co_names, make.__qualname__)


def lookalikes():
    told = []
    space = {"new": tuple.__new__, "tell": told.append}
    for text in ("lambda c, x, y: new(c, (y, x))", "lambda c, x, y: new(c, (x, x))", "lambda c, x, y: new(c, (x,))", "lambda x, c, y: new(c, (x, y))",
                 "lambda c, x, y: new(c, [x, y])", "lambda c, x, *y: new(c, (x, y))", "lambda c, x, *, y=7: new(c, (x, y))", "lambda c, x, y=3: new(c, (x, y))",
                 "lambda c, x, y: (new(c, (x, y)), tell(x))[0]"):
        f = eval(text, space)
        for _ in range(2):
            for args in ((Point, 1, 2), (1, Point, 2), (Point, 1)):
                try:
                    print(f(*args), end=" ")
                except TypeError as e:
                    print(type(e).__name__, end=" ")
        print()
    print(told)


def depth():
    def deeper(n):
        try:
            return deeper(n + 1)
        except RecursionError:
            return Point(n > 100, 0)

    print(deeper(0))


made()
lives()
others()
lookalikes()
depth()
