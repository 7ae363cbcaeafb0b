# RUN: krait emit --ir %s | FileCheck %s
# Classes that calls of namedtuple make: what the calls of the class get is guessed of the fields, and these are read as slots.
# CHECK: function @{{[0-9]+}} "length"
# CHECK: shape {{[0-9]+}} "dx" "dy"
# CHECK: f64.mul
# CHECK: function @{{[0-9]+}} "byText"
# CHECK: shape {{[0-9]+}} "x" "y"
# CHECK: f64.mul
# CHECK: function @{{[0-9]+}} "byList"
# CHECK: shape {{[0-9]+}} "label" "count"
# CHECK: int.add
# CHECK: function @{{[0-9]+}} "ofModule"
# CHECK: shape {{[0-9]+}} "width" "height"
# CHECK: int.mul
# CHECK: function @{{[0-9]+}} "annotated"
# CHECK: shape {{[0-9]+}} "high" "low"
# CHECK: f64.sub
import collections
from collections import namedtuple
from typing import NamedTuple

Point = namedtuple("Point", "x, y")
Item = namedtuple("Item", ["count", "label", "price", "note"], defaults=(None,))
Size = collections.namedtuple("Size", ("width", "height"))
Range = NamedTuple("Range", [("low", float), ("high", float)])


class Offset(namedtuple("Base", "dx dy")):
    __slots__ = ()

    def length(self):
        return self.dx * self.dx + self.dy * self.dy


def byText(points):
    t = 0.0
    for p in points:
        t += p.x * p.y
    return t


def byList(items):
    n = 0
    for i in items:
        if i.label:
            n += i.count
    return n


def ofModule(sizes):
    n = 0
    for s in sizes:
        n += s.width * s.height
    return n


def annotated(ranges):
    t = 0.0
    for r in ranges:
        t += r.high - r.low
    return t


print(byText([Point(1.5, y=2.5)]), byList([Item(3, "a", price=0.5)]), ofModule([Size(2, 3)]), annotated([Range(0.5, 2.0)]))
print(Offset(1.5, 2.5).length())
