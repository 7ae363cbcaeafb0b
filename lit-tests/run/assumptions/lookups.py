# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# What is called is looked up before the arguments are known: functions of math, methods of bodies that are done in place, len.
import math


def title(text):
    print("--", text)


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y
        self.parts = []

    def dot(self, other):
        return self.x * other.x + self.y * other.y

    def size(self):
        return math.sqrt(self.dot(self) + 0.25)

    def squares(self):
        return self.x ** 2 + self.y ** 2

    def count(self):
        return len(self.parts)

    def weight(self):
        return self.scaled(2.0 * self.x) + len(self.parts)

    def scaled(self, by):
        return self.y * by


def distance(a, b):
    dx = a.x - b.x
    dy = a.y - b.y
    return math.sqrt(dx * dx + dy * dy)


def walk(a, b, n):
    out = []
    for i in range(n):
        out.append((distance(a, b), a.size(), a.squares(), a.count(), len(a.parts), a.weight()))
    return out


title("as predicted, ints among the floats")
print(walk(Vector(1.5, 2.5), Vector(0.5, 1.0), 2))
print(walk(Vector(3, 4), Vector(0, 0), 2))
print(walk(Vector(3, 0.5), Vector(-0.0, 0), 1))
print(walk(Vector(2**53 + 1, 1), Vector(2**53, 0), 1))
print(walk(Vector(2**70, 1), Vector(0.5, 0), 1))
print(walk(Vector(True, 1.0), Vector(0.0, False), 1))
print(walk(Vector(float("nan"), 1.0), Vector(0.0, 2.0), 1))
print(walk(Vector(float("inf"), 1.0), Vector(0.0, 2.0), 1))
print(walk(Vector(-3, -0.0), Vector(0, 0.0), 1))
for bad in (Vector("x", 1.0), Vector(1e200, 1e200), Vector(None, 1)):
    try:
        print(walk(bad, Vector(0.0, 0.0), 1))
    except (TypeError, OverflowError, ValueError) as error:
        print(type(error).__name__, error)

title("the argument changes what is called")


class Changes:
    def __init__(self, how):
        self.how = how

    def __mul__(self, other):
        self.how()
        return 4.0

    def __add__(self, other):
        return 4.0

    __radd__ = __sub__ = __rsub__ = __pow__ = __add__


def root(v, n):
    out = []
    for i in range(n):
        x = v
        out.append(math.sqrt(x * x))
    return out


def other_root():
    math.sqrt = lambda x: ("other", x)


real_root = math.sqrt
print(root(2.0, 2), root(-3, 2))
print(root(Changes(other_root), 2))
print(root(2.0, 1))
math.sqrt = real_root
print(root(Changes(lambda: None), 2))


def failing():
    raise KeyError("in the argument")


try:
    root(Changes(failing), 1)
except KeyError as error:
    print("KeyError", error)
del math.sqrt
try:
    root(Changes(failing), 1)
except AttributeError as error:
    print("AttributeError", error)
math.sqrt = real_root


def negative(x):
    return math.sqrt(x - 1.0)


print(negative(1.0), negative(5))
try:
    negative(0.5)
except ValueError as error:
    print("ValueError", error)
print(negative(math.inf), negative(math.nan))

title("something else of that name")


class Fake:
    def sqrt(self, x):
        return ("fake", x)


real_math = math
math = Fake()
print(negative(2.0), Vector(1.0, 2.0).size())
math = real_math
print(negative(2.0))

title("methods")


def totals(vs):
    t = 0.0
    for v in vs:
        t += v.weight()
    return t


class Turned(Vector):
    def scaled(self, by):
        return -by


some = [Vector(1.0, 2.0), Turned(1.0, 2.0), Vector(2, 3)]
print(totals(some))
hidden = Vector(1.0, 1.0)
hidden.scaled = lambda by: 100.0
print(totals([hidden] + some))
Vector.scaled = lambda self, by: by + 1
print(totals(some))

title("lengths")


class Sized:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        if self.n < 0:
            raise RuntimeError("no length")
        return self.n


def lengths(x, v):
    t = 0
    for i in range(3):
        t = t * 10 + len(x)
        v.parts = x
        t += v.count()
    return t


v = Vector(0.0, 0.0)
for x in ([1, 2], (1,), "abc", {}, {1, 2}, frozenset([1]), range(4), b"ab", bytearray(3), Sized(2), memoryview(b"abc")):
    print(type(x).__name__, lengths(x, v))
for x in (3, None, Sized(-1), Sized(2**80), 1.5):
    try:
        print(lengths(x, v))
    except (TypeError, RuntimeError, OverflowError) as error:
        print(type(error).__name__, error)


class Longer(list):
    def __len__(self):
        return 40


print(lengths(Longer([1]), v))
growing = []


def grows(n):
    t = 0
    while len(growing) < n:
        growing.append(len(growing))
        t += len(growing)
    return t


print(grows(5), grows(9))
len = lambda x: 1
print(lengths([1, 2], v), lengths("abc", v))
del len
print(lengths([1, 2], v))

title("deaths")


class Noisy:
    def __init__(self, x):
        self.x = x

    def __del__(self):
        print("gone", self.x)


def dies(n):
    for i in range(n):
        print("count", len([Noisy(i)]))
        print("tuple", len((Noisy(i), 1)))


dies(2)
