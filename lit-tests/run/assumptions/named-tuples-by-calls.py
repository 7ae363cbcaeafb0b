# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# Named tuples whose classes calls make: fields are guessed to be what the calls of the class get, and to be words of the instance.
import collections
from collections import namedtuple
from typing import NamedTuple

Point = namedtuple("Point", "x y")
Item = namedtuple("Item", ["count", "label", "price", "note"], defaults=("none",))
Size = collections.namedtuple("Size", ("width", "height"))
Range = NamedTuple("Range", [("low", float), ("high", float)])


class Offset(namedtuple("Base", "dx dy")):
    __slots__ = ()

    def length(self):
        return self.dx * self.dx + self.dy * self.dy


class Stepped(Offset):
    @property
    def dx(self):
        return self[0] * 10


def products(points):
    t = 0.0
    for p in points:
        t += p.x * p.y
    return t


def counts(items):
    n = 0
    for i in items:
        if i.label != "skip":
            n += i.count
    return n, [i.note for i in items]


def areas(sizes):
    return [s.width * s.height for s in sizes]


def spans(ranges):
    t = 0.0
    for r in ranges:
        t += r.high - r.low
    return t


def lengths(offsets):
    t = 0.0
    for o in offsets:
        t += o.length()
    return t


def attempt(what, *args):
    try:
        return what(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


class Plain:
    def __init__(self, x, y):
        self.x, self.y = x, y


class Asked:
    def __getattr__(self, name):
        return len(name)


print(products([Point(1.5, 2.0), Point(x=0.5, y=4.0)] * 3))
print(products([Point(1.5, 2.0), Point(2, 3), Point(True, 2.5), Plain(3.0, 4.0), Plain(1, 1), Asked()]))
print(attempt(products, [Point(1.5, 2.0), Point("a", 2.0)]), attempt(products, [Point(1.5, None)]), attempt(products, [object()]))
print(attempt(products, [tuple.__new__(Point, (1.5,))]), products([tuple.__new__(Point, (1.5, 2.0, 9))]))
print(counts([Item(3, "a", 0.5), Item(2, "skip", price=1.0), Item(count=2**70, label="b", price=0), Item(0.25, "c", 1, note="n")]))
print(areas([Size(2, 3), Size("ab", 2), Size(2**62, 4), Size(1.5, 2)]), attempt(areas, [Size(None, 1)]))
print(spans([Range(0.5, 2.0), Range(1, 4), Range(low=0.0, high=float("inf"))]), attempt(spans, [Range("a", "b")]))
print(lengths([Offset(1.5, 2.5), Offset(3, 4), Stepped(0.5, 1.0), Offset(1j, 2)._replace(dx=2.0)]))
print(Point._make([7.0, 8.0])._replace(y=1.0), products([Point._make([7.0, 8.0])._replace(y=1.0)]))
print(attempt(setattr, Point(1, 2), "x", 3), attempt(lambda: Point(1.0, 2.0).z))


def changed(change):
    seen = []
    for n in range(6):
        if n == 3:
            change()
        seen.append(products([Point(1.5, 2.0), Plain(1.0, 2.0)]))
    return seen


was = Point.x
print(changed(lambda: setattr(Point, "x", property(lambda self: 50.0))))
Point.x = was
print(changed(lambda: setattr(Point, "x", Point.y)))
Point.x = was
print(changed(lambda: globals().__setitem__("Point", namedtuple("Point", "y x"))))
print(changed(lambda: globals().__setitem__("Point", Plain)))


def made():
    """The name is bound to something that makes no tuple at all."""
    global namedtuple
    namedtuple = lambda name, fields: Plain
    Other = namedtuple("Other", "x y")
    return products([Other(2.0, 3.0)])


print(made())
