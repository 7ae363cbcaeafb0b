# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# Items of classes derived from tuple are taken as a tuple's own are, as long as no class has another way.
from collections import namedtuple


class Point(tuple):
    __slots__ = ()

    def __new__(cls, x, y):
        return super().__new__(cls, (x, y))

    def __add__(self, other):
        return Point(self[0] + other[0], self[1] + other[1])

    def cross(self, other):
        return self[0] * other[1] - self[1] * other[0]


class Loud(Point):
    __slots__ = ()

    def __getitem__(self, index):
        return tuple.__getitem__(self, index) * 10


class Louder(Loud):
    pass


Pair = namedtuple("Pair", "x y")


class Grid:
    def __init__(self, width, height):
        self.width, self.height = width, height
        self.cells = [list(range(n, n + width)) for n in range(height)]

    def __getitem__(self, at):
        return self.cells[at[1]][at[0]]

    def __contains__(self, at):
        return 0 <= at[0] < self.width and 0 <= at[1] < self.height

    def total(self, places):
        total = 0
        for at in places:
            if at in self:
                total += self[at]
        return total


def crossed(points, rounds):
    total = 0
    for n in range(rounds):
        for p in points:
            total += p.cross(points[n % len(points)]) + p[0]
    return total


def changing(point, change, rounds):
    """Somebody gives the class another way while the loop runs."""
    seen = []
    for n in range(rounds):
        a = point[0]
        if n == 2:
            change(point)
        seen.append((a, point[0], point[1]))
    return seen


def give(point):
    type(point).__getitem__ = lambda self, index: ("own", index)


def take(point):
    del type(point).__getitem__


class Changed(Point):
    pass


class Later(Changed):
    pass


points = [Point(1, 2), Point(3, 4), Point(5, 6)]
print(crossed(points, 20))
print(crossed(points + [Loud(1, 2)], 20), crossed([Louder(1, 2), Point(2, 3)], 20))
grid = Grid(4, 3)
print(grid.total([(0, 0), (1, 1), Point(2, 2), Pair(3, 1), Pair(y=9, x=0), [1, 2], Loud(0, 0), (-1, 0)] * 10))
print(changing(Point(1, 2), lambda p: None, 4))
print(changing(Later(1, 2), give, 5))
print(changing(Later(1, 2), take, 5))
Changed.__getitem__ = lambda self, index: ("base", index)
print(changing(Later(1, 2), lambda p: None, 3))
del Changed.__getitem__
print(changing(Later(1, 2), lambda p: None, 3))
Changed.__bases__ = (Loud,)
print(changing(Later(1, 2), lambda p: None, 3))
for short in (Pair(1, 2), Point(1, 2)):
    try:
        print(short[-2], short[-1], short[True], short[0:1], short[2])
    except IndexError as e:
        print(type(short).__name__, e)
import time
print([time.gmtime(0)[n] for n in range(-3, 4)])
