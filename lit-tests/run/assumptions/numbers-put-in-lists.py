# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# A number takes another's place in a list without a count, a call or a new test of the list: until something else is there,
# or the list is none.
import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


class Items(list):
    def __setitem__(self, i, v):
        print("set", i, v)
        super().__setitem__(i, v)


class Cells:
    def __init__(self, n):
        self.cells = {}
        self.n = n

    def __getitem__(self, i):
        return self.cells.get(i, 0.5)

    def __setitem__(self, i, v):
        self.cells[i] = v


def scale(xs, by, n):
    for i in range(n):
        xs[i] = xs[i] * by
        xs[i] += 1.0
    return xs


def count(xs, n):
    for i in range(n):
        xs[i] = xs[i] + i
    return xs


def fill(xs, n):
    total = 0.0
    for i in range(n):
        total += 0.25
        xs[i] = total
    return xs


def number(xs, n):
    for i in range(n):
        xs[i] = i * 3
    return xs


def back(xs, n):
    for i in range(n):
        xs[i - n] += 0.5
        xs[-1 - i] *= 2.0
    return xs


def beyond(xs, n):
    i = 0
    try:
        while i < n:
            xs[i] += 1.5
            i += 1
    except IndexError as e:
        print(type(e).__name__, e, i)
    return xs


def pair(xs, ys, n):
    for i in range(n):
        xs[0] -= ys[i] * 2.0
        ys[i] += xs[0]
        xs[1] = xs[0] + ys[i]
    return xs, ys


print(scale([1.0, 2.0, 3.0], 2.0, 3))
print(count([1, 2, 3], 3))
print(fill([0.0] * 3, 3), number([0] * 3, 3))
# What was there is no number: it dies, where it was.
print(fill([Loud("a"), 1.0, Loud("b")], 3))
print(number([1, Loud("c"), "x"], 3))
print(fill([None, (1, 2), {}], 3), number([None, 1.5, 10**30], 3))
shared = Loud("shared")
print(fill([shared, shared], 2), sys.getrefcount(shared))
del shared
# Floats that are objects: huge, tiny, none.
print(scale([1e300, 1e-300, 0.0, -0.0, float("inf"), 5e-324], 0.5, 6))
print(scale([1.0, 1e200], 1e150, 2))
print(fill([1e300, 10**40, 2.5], 3))
nan = float("nan")
print(scale([nan, nan], 2.0, 2))
# Ints that grow, numbers of another kind.
print(count([2**62 - 1, 2**62 - 1, 2**70], 3))
print(scale([1, True, 2.0], 2.0, 3))
print(count([1.5, True, 2], 3))
# Indices from the end, and none.
print(back([1.0, 2.0, 3.0], 3))
print(beyond([1.0, 2.0], 5))
# No lists.
print(fill(Items([0.0, 1.0]), 2))
print(number(Items([0, 1]), 2))
print(scale(Items([0.0, 1.0]), 2.0, 2))
cells = scale(Cells(3), 3.0, 3)
print(cells.cells)
print(fill({}, 3), number({}, 2), scale({0: 1.0, 1: 2.0}, 2.0, 2))
print(number(bytearray(3), 3))
try:
    fill((1.0, 2.0), 2)
except TypeError as e:
    print(e)
# One list for both, and one that the list holds itself.
one = [1.0, 2.0, 3.0]
print(pair(one, one, 3))
itself = [1.0, 2.0]
itself[1] = itself
try:
    print(scale(itself, 2.0, 2))
except TypeError as e:
    print(e)


# A not-a-number in two places is one object.
def twice(xs, x):
    for i in range(2):
        y = x * 0.0
        xs[i] = y
        xs[i + 2] = y
        if xs[i] is not xs[i + 2] and y != y:
            print("two")
    return xs


print(twice([1.0, 2.0, 3.0, 4.0], float("inf")))


# The list changes while it is filled.
def shrink(xs, other, n):
    for i in range(n):
        xs[i] += 1.0
        if i == 2:
            other.clear()
            other.extend([7.0, 8.0])
    return xs


both = [1.0, 2.0, 3.0, 4.0, 5.0]
try:
    shrink(both, both, 5)
except IndexError as e:
    print(e, both)


class Shortens:
    def __init__(self, xs):
        self.xs = xs

    def __del__(self):
        self.xs.clear()


short = [1.0, 2.0, 3.0]
short[1] = Shortens(short)
try:
    fill(short, 3)
except IndexError as e:
    print(e, short)
# The bits that tell what a list holds stay true: sorting and sums trust them.
mixed = fill([1, 2, 3], 3)
print(sorted(mixed), sum(mixed), min(mixed))
mixed = number([1.5, 2.5, 3.5, "z"], 3)
print(mixed, sum(mixed[:3]))
try:
    mixed.sort()
except TypeError as e:
    print(e)
