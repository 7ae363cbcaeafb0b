# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# What the text says of classes is broken at run time: other classes, other bases, methods and attributes of the same names.
class Node:
    line = 0

    def __init__(self, value):
        self.value = value

    def size(self):
        return 1

    def weight(self):
        return self.value * 2


class Pair(Node):
    def __init__(self, left, right):
        self.left = left
        self.right = right
        self.value = 3

    def size(self):
        return self.left.size() + self.right.size()

    def __add__(self, other):
        return self.size() + other.size()

    def __getitem__(self, n):
        return self.left if n == 0 else self.right


class Span:
    def __init__(self, a):
        self.a = a

    @property
    def value(self):
        return self.a * 0.5

    def size(self):
        return 2.5

    def __add__(self, other):
        return "span"


class Place(tuple):
    __slots__ = ()

    def __new__(cls, x, y):
        return super().__new__(cls, (x, y))

    @property
    def x(self):
        return self[0]

    def __add__(self, other):
        return Place(self[0] + other[0], self[1] + other[1])


class Mirror(Place):
    __slots__ = ()

    def __getitem__(self, n):
        return -super().__getitem__(1 - n)


def at(node, line):
    node.line = line
    return node


def measure(tree, n):
    s = 0
    for i in range(n):
        s += tree.size() + tree.value
        tree.value = i
    return s, tree.weight(), tree.line


def walk(places, step, n):
    here = Place(0, 0)
    for i in range(n):
        for p in places:
            here = here + p
        here = here + step
    return here, here.x, here[1]


def index(pair, n):
    out = []
    for i in range(n):
        out.append(pair[i % 2].size())
    return out


tree = at(Pair(at(Node(1), 3), Node(2)), 4)
print(measure(tree, 5), tree + tree, index(tree, 3))


class Late(Pair):
    def size(self):
        return 10

    def weight(self):
        return "late"

    value = property(lambda self: 7, lambda self, v: print("set", v) if v > 1 else None)


late = Late(Node(1), Node(2))
print(measure(late, 3), late + tree, index(late, 3))


class Stranger:
    line = "none"
    value = 1.5

    def size(self):
        return 0.25

    def weight(self):
        return self.value

    def __getitem__(self, n):
        return self


print(measure(Stranger(), 3), index(Stranger(), 2))
tree.__class__ = Stranger
print(measure(tree, 2))
tree.__class__ = Late
print(tree.size(), tree.left.size())
Node.size = lambda self: 100
print(measure(Pair(Node(1), Node(2)), 2))
Pair.value = property(lambda self: 1000, lambda self, v: None)
print(measure(Pair(Node(1), Node(2)), 2))
del Pair.value
Pair.__bases__ = (Stranger,)
try:
    print(measure(Pair(Node(1), Node(2)), 2))
except AttributeError as e:
    print(e)
print(Span(3) + Span(4), Span(3).value, Span(1).size())

print(walk([Place(1, 2), Place(3, 4)], Place(0, 1), 3))
print(walk([Place(1, 2), (3, 4), [5, 6], "ab"][:3], Mirror(7, 8), 3))
print(walk([Mirror(1, 2)], (0.5, 0.25), 2))
Place.__getitem__ = lambda self, n: 50 + n
print(walk([Place(1, 2)], Place(0, 1), 2))
del Place.__getitem__
print(walk([Place(1, 2)], Place(0, 1), 2))
Place.x = "x"
print(walk([Place(1, 2)], Place(0, 1), 2))
try:
    walk(["ab"], Place(0, 1), 2)
except TypeError as e:
    print(e)
