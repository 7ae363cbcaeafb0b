# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Fields of named tuples that are looked at and no more, at sites that meet several classes, and classes that change.
from collections import namedtuple
from typing import NamedTuple

Point = namedtuple("Point", "x y")


class Size(NamedTuple):
    y: int
    x: int = 7


class Far(Point):
    @property
    def y(self):
        return "far"


class Plain:
    x = "class"

    def __init__(self):
        self.y = "own"


def total(things):
    xs, ys = [], []
    for thing in things:
        if thing.x == 1 or thing.y == 1:
            xs.append(thing.x)
        if thing.y != thing.x:
            ys.append((thing.x, thing.y))
    return xs, ys


points = [Point(i, 1) for i in range(3)] + [Size(1), Size(1, 2)]
print(total(points))
print(total(points + [Far(1, 2), Plain()]))
Point.x = "changed"
print(total(points[1:2] + points[3:]), Far(1, 2).x)
del Point.x
try:
    total(points)
except AttributeError as e:
    print(e)
short = tuple.__new__(Size, (1,))
try:
    print(short.x == 1)
except (AttributeError, IndexError) as e:
    print(type(e).__name__, e)
