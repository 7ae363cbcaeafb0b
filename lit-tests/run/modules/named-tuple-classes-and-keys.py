# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Tuples keep their hashes when a class of named tuples is made or gets other bases, unless its instances hash otherwise from then on.
from collections import namedtuple
from typing import NamedTuple


class Plain(tuple):
    __slots__ = ()


class Seven:
    __slots__ = ()

    def __hash__(self):
        return 7


class Base(Seven, tuple):
    __slots__ = ()


class Late(tuple):
    __slots__ = ()


class Between(Plain):
    __slots__ = ()


key = (Plain((1, 2)), 3)
other = (Late((1, 2)), 3)
below = (Between((1, 2)), 3)
d = {key: "a", below: "b"}
print(d[(Plain((1, 2)), 3)], hash(key) == hash(((1, 2), 3)), hash(other) == hash(key))


class Made(NamedTuple):
    x: int
    y: int = 2


class Hashed(NamedTuple):
    x: int

    def __hash__(self):
        return 11


print(d[(Made(1), 3)], hash(Hashed(1)), hash((Hashed(1), 3)) == hash((11, 3)))
Plain.__bases__ = (tuple,)
print(d[key], hash(key) == hash(((1, 2), 3)))
Late.__bases__ = (Base,)
print(hash(Late((1, 2))), hash(other) == hash((7, 3)), hash(key) == hash(((1, 2), 3)))
Plain.__bases__ = (Base,)
print(hash(Between((1, 2))), hash(below) == hash((7, 3)), hash(key) == hash((7, 3)))
Pair = namedtuple("Pair", "a b")
pair = (Pair(1, 2), 3)
print(hash(pair) == hash(((1, 2), 3)))
Pair.__hash__ = lambda self: 5
print(hash(pair) == hash((5, 3)))
