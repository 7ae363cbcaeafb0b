# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What functions of the library give is predicted by the names under which they are imported; these may come to mean anything.
import random as r
from math import floor
from random import random as draw, randint


class Die:
    def __init__(self, rng):
        self.rng = rng

    def throw(self, n):
        total = 0
        for _ in range(n):
            total += self.rng.randint(1, 6)
        return total


class Loaded:
    def randint(self, low, high):
        return "six" if low == 0 else 10**30

    def random(self):
        return 1


def inside(n):
    count = 0
    for _ in range(n):
        x = draw()
        y = draw()
        if x * x + y * y < 1:
            count += 1
    return count


def spread(n):
    total = 0.0
    for i in range(n):
        total += r.uniform(0, i) - r.gauss(0, 1) * randint(1, 3) + floor(r.random() * 4)
    return total


def pick(items, n):
    total = 0
    for _ in range(n):
        total += r.choice(items)
    return total


r.seed(7)
print(inside(1000), round(spread(200), 9), pick([1, 2, 3], 50), pick([1.5, 2], 50), pick("a", 0))
print(Die(r.Random(3)).throw(100), Die(Loaded()).throw(5), Die(r).throw(10))


def drawn():
    return 1


draw = drawn
print(inside(10))
draw = iter([0.5, 10**25, 0.25, True, 1j, 2, "x", 1] * 2).__next__
try:
    print(inside(8))
except TypeError as e:
    print("TypeError", e)
r.uniform = lambda a, b: 10**20 + b
r.gauss = lambda a, b: 1
randint = lambda a, b: 2.5
print(spread(5))
