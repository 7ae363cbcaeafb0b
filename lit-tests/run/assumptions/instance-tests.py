# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
#
# isinstance in functions that are done in place, and in loops: what is asked may be rebound, and classes may answer themselves.
import abc
import builtins


class Matrix:
    def __init__(self, rows):
        self.rows = rows

    def __getitem__(self, key):
        if isinstance(key, tuple):
            return self.rows[key[0]][key[1]]
        else:
            return self.rows[key]


def total(matrix, n):
    t = 0
    for i in range(n):
        for j in range(n):
            t += matrix[i][j] * 2 + matrix[i, j]
    return t


print(total(Matrix([[i * j for i in range(6)] for j in range(6)]), 6))
print(total(Matrix([[i / (j + 1) for i in range(6)] for j in range(6)]), 6))


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        if isinstance(other, Vector):
            return Vector(self.x + other.x, self.y + other.y)
        if isinstance(other, (int, float)):
            return Vector(self.x + other, self.y + other)
        return NotImplemented

    def __eq__(self, other):
        return isinstance(other, Vector) and self.x == other.x and self.y == other.y

    def scaled(self, by):
        if isinstance(by, int):
            return Vector(self.x * by, self.y * by)
        if isinstance(by, float):
            return Vector(self.x * by + 0.5, self.y * by)
        return None


class Special(Vector):
    pass


class Claims:
    @property
    def __class__(self):
        return Vector

    x = y = 10


class Hidden(Vector):
    __class__ = int


def add_all(values, start):
    total = start
    for v in values:
        try:
            total = total + v
        except TypeError as error:
            print(error)
    return total.x, total.y


print(add_all([Vector(1, 2), Special(3, 4), 5, 2.5, True, "text", None, Claims(), Hidden(1, 1)], Vector(0, 0)))
print([Vector(1, 2) == other for other in (Vector(1, 2), Special(1, 2), 5, "x", Claims(), Hidden(1, 2), None)])


def scale_all(values, v):
    for by in values:
        made = v.scaled(by)
        print(made and (made.x, made.y), end=" ")
    print()


class Small(int):
    pass


class Real(float):
    pass


scale_all([2, 2.0, True, False, Small(3), Real(3.0), 1 << 80, None, "2", float("inf")], Vector(1, 2))


class Meta(type):
    def __instancecheck__(cls, obj):
        print("asked", cls.__name__, obj)
        return obj == 3


class Odd(metaclass=Meta):
    pass


class Shape(abc.ABC):
    pass


Shape.register(int)


def kinds(values):
    out = []
    for v in values:
        out.append((isinstance(v, Odd), isinstance(v, Shape), isinstance(v, object), isinstance(v, type)))
    return out


print(kinds([1, 3, 2.5, Odd(), "s", int]))


def count_ints(values):
    n = 0
    for v in values:
        if isinstance(v, int):
            n += 1
        elif isinstance(v, list):
            n += 10
        elif isinstance(v, Vector):
            n += 100
    return n


data = [1, 2.5, True, [], [1], Vector(0, 0), Special(1, 1), "", (), None, 1 << 70, Small(1)] * 3
print(count_ints(data))
real = isinstance
builtins.isinstance = lambda v, cls: True
print(count_ints(data))
builtins.isinstance = real
print(count_ints(data))
isinstance = lambda v, cls: cls is list
print(count_ints(data))
del isinstance
print(count_ints(data))
int = float
print(count_ints(data))
del int
Vector = Special
print(count_ints(data))
Vector = 5
try:
    count_ints(data)
except TypeError as error:
    print(error)


class Base:
    pass


class Other:
    pass


class Derived(Base):
    pass


def members(objects, cls):
    return [isinstance(o, cls) for o in objects]


d = Derived()
print(members([d, Base(), Other(), 1], Base))
Derived.__bases__ = (Other,)
print(members([d, Base(), Other(), 1], Base), members([d], Other))
d.__class__ = Base
print(members([d], Base), members([d], Other))


# Tuples of classes, which are not made where the answer is found in place.
class Strict(type):
    def __instancecheck__(cls, x):
        print("asked about", type(x).__name__)
        return x == 3


class Threes(metaclass=Strict):
    pass


Alias = Base


def kinds_of(values):
    found = []
    for v in values:
        found.append((isinstance(v, (int, str)), isinstance(v, (Alias, Other)), isinstance(v, (Threes, list)), isinstance(v, ()), isinstance(v, (tuple, (dict, float)))))
    return found


def numbers(n):
    found = []
    for i in range(n):
        half = i * 0.5
        found.append((isinstance(i, (str, int)), isinstance(half, (int, str)), isinstance(half, (bool, float)), isinstance((i, half), (list, tuple))))
    return found


print(kinds_of([1, "a", Base(), Other(), [], 3, 2.5, {}, True]))
print(numbers(2))
Alias = str
print(kinds_of(["a", Base()]))
Alias = 5
try:
    kinds_of(["a"])
except TypeError as e:
    print(e)
Alias = Base
int = str
print(kinds_of([1, "a"]), numbers(2))
del int
isinstance = lambda v, classes: len(classes)
print(kinds_of([1]), numbers(1))
