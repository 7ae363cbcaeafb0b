# RUN: krait run -O2 %s | diff %s.out -
# Iterating over the guest's objects, and the guest over the program's.
import itertools
import numpy as np

a = np.arange(6).reshape(2, 3)
for row in a:
    for x in row:
        print(x, end=" ")
print()
for i, row in enumerate(a):
    print(i, row)
for (i, j), x in np.ndenumerate(a):
    print((i, j), x, end=";")
print()
for x, y in zip(a[0], a[1]):
    print(x + y, end=" ")
print()
print([x for x in np.nditer(a)][:2], [i for i in np.ndindex(2, 2)], list(a.flat)[::2])
it = iter(a)
print(next(it), next(it), next(it, "end"))
with np.nditer(a, op_flags=["readwrite"]) as n:
    for x in n:
        x[...] = 2 * x
print(a)
print(sum(x for x in a.flat if x % 4 == 0), any(x > 5 for x in a.flat), list(itertools.chain(a[0], [1])), list(reversed(a[0])))
total = 0
for i in range(a.shape[0]):
    for j in range(a.shape[1]):
        total += a[i, j]
print(total, type(total).__name__)


class Seq:
    def __len__(self):
        return 3

    def __getitem__(self, i):
        if i >= 3:
            raise IndexError(i)
        return i * 10


class It:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration
        return self.n


print(np.array(Seq()), np.fromiter(It(), int), np.fromiter(Seq(), float), np.array(list(It())))
print(np.fromiter((x for x in range(3)), dtype=float), np.fromiter(map(abs, [-1, -2]), int), np.array([*{1: 2}.keys()]))


def gen():
    try:
        yield 1
        yield 2
        raise RuntimeError("inside")
    finally:
        print("closed")


try:
    np.fromiter(gen(), int)
except RuntimeError as e:
    print(e)
a, *rest = np.array([1, 2, 3])
print(a, rest)
match np.float64(2.5):
    case float(v):
        print("float", v)
