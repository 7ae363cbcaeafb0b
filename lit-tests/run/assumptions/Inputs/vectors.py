# What neighbours-changed.py knows of, and changes.
LIMIT = 1000.0
unit = 0.5


class Vec:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

    def scaled(self, k):
        return Vec(self.x * k, self.y * k)

    def dot(self, other):
        return self.x * other.x + self.y * other.y

    @property
    def norm(self):
        return self.dot(self)

    @staticmethod
    def zero():
        return Vec(0.0, 0.0)


class Named:
    def __init__(self, name):
        self.name = name

    def label(self):
        return self.name


def half(x):
    return x * unit


def clamped(x, low=0.0, high=LIMIT):
    return low if x < low else high if x > high else x


def fails(x):
    if x == 3:
        raise ValueError("three")
    return half(x)


def counted(n):
    s = 0.0
    for i in range(n):
        s += half(i)
    return s
