# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# Fields of named tuples are words of the instance, until the class says otherwise; some instances are too short.
import copy
import pickle
from collections import namedtuple
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Vector(NamedTuple):
    x: int
    y: int
    name: str = "v"

    def norm(self):
        return self.x * self.x + self.y * self.y

    def twice(self):
        return Vector(self.x * 2, self.y * 2, self.name + self.name)


class Marked(Vector):
    def mark(self):
        self.seen = self.x
        return self.seen + self.y


class Hidden(Vector):
    @property
    def x(self):
        return 100


class Mixin:
    y = 7


class Mixed(Mixin, Vector):
    pass


class Box(NamedTuple, Generic[T]):
    x: T
    y: int

    def norm(self):
        return self.y + self.x


class Wide(namedtuple("Base", "a b c x y")):
    __slots__ = ()

    def norm(self):
        return self.x - self.y


def norms(vectors, rounds=30):
    total = 0
    for n in range(rounds):
        for v in vectors:
            total += v.norm()
    return total


def attributes(vectors):
    total = 0
    for v in vectors:
        total += v.x + v.y
    return total


def attempt(what, *args):
    try:
        return what(*args)
    except (AttributeError, IndexError, TypeError) as e:
        return f"{type(e).__name__}: {e}"


v = Vector(3, 4)
print(norms([v, v.twice()]), v.twice(), Vector(1.5, 2).norm())
print(norms([v, Marked(1, 2), Hidden(1, 2), Mixed(1, 2), Wide(1, 2, 3, 9, 5), Box(2, 3), Box(0.5, 1)]))
print(Marked(1, 2).mark(), norms([Marked(1, 2)] * 3), attributes([v, Hidden(1, 2), Mixed(1, 2)] * 3))
short = tuple.__new__(Vector, (5,))
print(tuple(short), len(short), short.x, attempt(short.norm), attempt(norms, [v, short]), attempt(lambda: short.name))
long = tuple.__new__(Vector, range(6))
print(tuple(long), norms([long]), attempt(lambda: v.x.y))
empty = tuple.__new__(Wide)
print(attempt(norms, [Wide(1, 2, 3, 4, 5), empty]), empty == (), hash(empty) == hash(()))
print(attempt(setattr, v, "x", 1), attempt(delattr, v, "y"), attempt(setattr, v, "other", 1))
for made in (copy.copy(v), copy.deepcopy(v), pickle.loads(pickle.dumps(v)), v._replace(x=10), Vector._make([7, 8, "z"])):
    print(tuple(made), norms([made], 1) if len(made) > 1 else None)


def changing(change):
    class Local(NamedTuple):
        x: int
        y: int

        def norm(self):
            return self.x * 10 + self.y

    class Below(Local):
        pass

    seen = []
    for n in range(6):
        if n == 3:
            change(Local)
        seen.append((norms([Local(1, 2)], 2), norms([Below(1, 2)], 2)))
    return seen


print(changing(lambda c: None))
print(changing(lambda c: setattr(c, "x", property(lambda self: 50))))
print(changing(lambda c: setattr(c, "y", 5)))
print(changing(lambda c: setattr(c, "x", c.y)))
print(changing(lambda c: setattr(c, "__getattribute__", lambda self, name: 3 if name == "x" else tuple.__getattribute__(self, name))))
Mixin.x = 1000
print(norms([Mixed(1, 2)], 1), attributes([Mixed(1, 2), v]))


def dropped():
    """Items die with the tuple, once."""

    class Loud:
        def __init__(self, n):
            self.n = n

        def __del__(self):
            print("del", self.n)

        def __mul__(self, other):
            return self.n

    w = Vector(Loud(1), Loud(2))
    print(w.norm())
    w = tuple.__new__(Vector, (Loud(3),))
    print(attempt(w.norm))
    del w


dropped()


class Few(Vector):
    __slots__ = ()


class Many(Wide):
    __slots__ = ()


class Own(Vector):
    __slots__ = ()

    def __getitem__(self, index):
        return 77


def firsts(p, rounds=3):
    total = 0
    for n in range(rounds):
        total += p[0]
    return total


# An instance of a class with fewer fields has no room for those of its new class.
few, many = Few(5, 6), Many(1, 2, 3, 4, 5)
print(norms([many, Many(5, 4, 3, 2, 1)]))
few.__class__ = Many
print(tuple(few), few.a, few.c, attempt(norms, [many, few]), attempt(lambda: few.y))
few.__class__ = Few
print(norms([few, Few(5, 6)]), firsts(few), firsts((4, 5)))
few.__class__ = Own
print(norms([few]), firsts(few))
del Own.__getitem__
print(firsts(few))
Own.__getitem__ = lambda self, index: 5
print(firsts(few), firsts(Own(1, 2)))
many.__class__ = Few
print(norms([many]), many.name, len(many))
