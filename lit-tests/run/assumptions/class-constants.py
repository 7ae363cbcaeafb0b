# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
#
# Constants of classes and modules, read in functions that are done in place: what is found may change, be hidden, or be a descriptor.
import math
import types


class Direction:
    NONE = 0
    FORWARD = 1
    BACKWARD = -1


class Edge:
    WEIGHT = 2
    LABEL = "e"

    def __init__(self, a, b):
        self.a = a
        self.b = b
        self.direction = Direction.FORWARD

    def source(self):
        if self.direction == Direction.FORWARD:
            return self.a
        return self.b

    def weighted(self, x):
        return self.WEIGHT * x + Direction.BACKWARD

    def label(self):
        return self.LABEL

    def angle(self):
        return math.pi * self.WEIGHT


class Heavy(Edge):
    WEIGHT = 10
    LABEL = "heavy"


def run(edges, rounds):
    total = 0
    names = []
    for i in range(rounds):
        for e in edges:
            total += e.source() + e.weighted(i)
            names.append(e.label())
    return total, "".join(names), round(sum(e.angle() for e in edges), 6)


edges = [Edge(1, 2), Heavy(3, 4), Edge(5, 6)]
print(run(edges, 3))
Direction.FORWARD = 7
print(run(edges, 2))
for e in edges:
    e.direction = 7
print(run(edges, 2))
Edge.WEIGHT = 2.5
print(run(edges, 2))
edges[0].WEIGHT = 100
print(run(edges, 2))
edges[2].__dict__["LABEL"] = "own"
print(run(edges, 2))
del Heavy.WEIGHT
print(run(edges, 2))
Edge.WEIGHT = property(lambda self: 3)
try:
    print(run(edges, 2))
except AttributeError as error:
    print(error)
del edges[0].__dict__["WEIGHT"]
print(run(edges, 2))


class Counting:
    def __init__(self):
        self.calls = 0

    def __get__(self, obj, cls):
        self.calls += 1
        return self.calls


Edge.WEIGHT = counting = Counting()
print(run(edges, 2), counting.calls)


class Late:
    pass


Edge.WEIGHT = 4
Edge.LABEL = late = Late()
try:
    print(run(edges[:1], 1))
except TypeError as error:
    print(error)
Late.__get__ = lambda self, obj, cls: "bound"
print(run(edges[:1], 1))
Edge.LABEL = "e"


def in_loop(edges, rounds):
    total = 0
    for i in range(rounds):
        if i == 2:
            Direction.BACKWARD = 1000
        if i == 3:
            Direction.BACKWARD = 0.5
        if i == 4:
            del Direction.BACKWARD
            Direction.BACKWARD = True
        for e in edges:
            total += e.weighted(i)
    return total


print(in_loop(edges, 6))


class Meta(type):
    def __getattribute__(cls, name):
        if name == "BACKWARD":
            print("asked")
            return 5
        return super().__getattribute__(name)


class Direction(metaclass=Meta):
    FORWARD = 7
    BACKWARD = 6


print(in_loop(edges, 2))
Direction = types.SimpleNamespace(FORWARD=1, BACKWARD=2)
print(in_loop(edges, 2))
Direction = types.ModuleType("direction")
Direction.FORWARD = 7
Direction.BACKWARD = 3
print(in_loop(edges, 2), run(edges, 1))
Direction.BACKWARD = 4
print(in_loop(edges, 1))
del Direction.BACKWARD
try:
    in_loop(edges, 1)
except AttributeError as error:
    print(error)
Direction = 5
try:
    in_loop(edges, 1)
except AttributeError as error:
    print(error)


class Missing:
    def __getattr__(self, name):
        print("missing", name)
        return 1


Direction = Missing()
print(in_loop(edges[:1], 1))
pi = math.pi
math.pi = 3
print(run(edges[:1], 1))
math.pi = pi


class Point:
    dimensions = 3

    def __init__(self, x):
        self.x = x

    def size(self):
        return self.x * self.dimensions


class Flat(Point):
    dimensions = 2


def sizes(points, n):
    total = 0
    for _ in range(n):
        for p in points:
            total += p.size()
    return total


points = [Point(1), Flat(2), Point(3)]
print(sizes(points, 3))
points[1].__class__ = Point
print(sizes(points, 3))
Flat.dimensions = 9
Point.dimensions = 4
print(sizes(points, 3))


# Computed in the class's body: numbers and texts that an instance, the class, a descriptor or __getattr__ may hide later.
class Generator:
    BITS = 31
    MODULUS = (1 << BITS) - 1
    STEP = 1.0 / float(MODULUS)
    NAME = "gen" + str(BITS)

    def __init__(self, seed):
        self.seed = seed

    def next(self):
        self.seed = self.seed * 16807 % self.MODULUS
        if self.seed < 0:
            self.seed += self.MODULUS
        return self.seed * self.STEP

    def named(self):
        return self.NAME == "gen31"


class Property:
    def __get__(self, instance, owner):
        print("asked", instance is not None)
        return 127


def drawn(g, n):
    total = 0.0
    for _ in range(n):
        total += g.next() + g.next()
        if g.named():
            total += 1
    return total


g = Generator(1)
print(drawn(g, 5), g.seed)
g.MODULUS = 101
print(drawn(g, 5), g.seed)
del g.MODULUS
Generator.STEP = 2
print(drawn(g, 5), g.seed)
Generator.MODULUS = Property()
print(drawn(g, 1), g.seed)
del Generator.MODULUS
try:
    drawn(g, 1)
except AttributeError as error:
    print(error)
Generator.__getattr__ = lambda self, name: 11
print(drawn(g, 2), g.seed)
Generator.NAME = None
print(drawn(g, 2), g.seed)
