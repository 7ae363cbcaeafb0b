# RUN: env PYTHONHASHSEED=85 krait run -O0 %s | diff %s.out -
# RUN: env PYTHONHASHSEED=85 krait run -O2 %s | diff %s.out -
# RUN: env PYTHONHASHSEED=85 krait-interp %s | diff %s.out -
# ASK-WITH: PYTHONHASHSEED=85
# Named tuples and instances as keys of dicts and sets: tuples keep their hashes as long as nobody has a say in them.
from collections import namedtuple
from typing import NamedTuple

Point = namedtuple("Point", "x y")


class Place(NamedTuple):
    name: str
    at: Point


class Own(tuple):
    def __hash__(self):
        return 7


class Asks(tuple):
    def __eq__(self, other):
        print("asked")
        return tuple.__eq__(self, other)

    __hash__ = tuple.__hash__


class Plain(tuple):
    pass


def counted(keys, n):
    counts = {}
    seen = set()
    for _ in range(n):
        for k in keys:
            if k in counts:
                counts[k] += 1
            else:
                counts[k] = 1
            if k not in seen:
                seen.add(k)
            counts.get(k)
    return counts, len(seen)


def looked(d, s, key, n):
    t = 0
    for _ in range(n):
        t += d[key] + (key in d) + (key in s) + d.get(key, 0)
    return t


points = [Point(i % 3, i % 2) for i in range(9)]
print(counted(points, 3))
print(counted([Place("a", Point(1, 2)), Place("a", Point(1, 2)), ("a", (1, 2))], 2))
print(counted([Point(1, 2), (1, 2), Plain((1, 2)), Point(1.0, True + 1)], 2))
print(counted([Own((1, 2)), Own((1, 2)), Own((3,))], 2))
print(counted([Plain(("text" + str(i % 2), b"b", None, 1.5)) for i in range(4)], 2))
print(counted([Asks((1, 2)), (1, 2)], 1))

d, s = {Point(1, 2): 5}, {Point(1, 2)}
print(looked(d, s, Point(1, 2), 4), looked(d, s, (1, 2), 4), looked({(1, 2): 5}, {(1, 2)}, Plain((1, 2)), 4))
for bad in (Point([], 1), Place("a", Point(1, {}))):
    for f in (lambda k: d[k], lambda k: k in d, lambda k: k in s, lambda k: d.get(k), lambda k: counted([k], 1)):
        try:
            f(bad)
        except TypeError as e:
            print(e)
try:
    d[Point(2, 1)]
except KeyError as e:
    print(e)


class Item:
    def __init__(self, hash):
        self.hash = hash

    def __hash__(self):
        return self.hash

    def __eq__(self, other):
        return True


# What an item's hash is may change: nobody keeps it.
item = Item(1)
key = Point(item, 0)
d, s = {key: 5}, {key}
print(looked(d, s, key, 2))
item.hash = 2
print(key in d, key in s, d.get(key))
item.hash = 1
print(looked(d, s, key, 2))

# So may that of a class. With this seed an old entry stands where the new hash begins, and is found by being the same object.
key = Point(3, 4)
inner = Place("p", key)
d, s = {key: 1, inner: 2}, {key, inner}
print(looked(d, s, key, 3), looked(d, s, inner, 3))
Point.__hash__ = lambda self: 99
print(key in d, key in s, inner in d, inner in s, d.get(inner), Point(3, 4) in {Point(3, 4): 1})
Point.__eq__ = lambda self, other: False
print(Point(3, 4) in {Point(3, 4): 1}, key in {key: 1}, key in {key})
del Point.__hash__, Point.__eq__
print(looked(d, s, key, 3), looked(d, s, inner, 3))


class Node:
    pass


def visited(nodes):
    seen = set()
    new = 0
    for _ in range(3):
        for n in nodes:
            if n not in seen:
                seen.add(n)
                new += 1
    return new, sum(n in seen for n in nodes)


print(visited([Node() for _ in range(20)]))
