# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Functions, methods, lambdas and instances of the program, called by the guest.
import functools
import operator
import numpy as np


def step(x):
    return x * 2 if x > 1 else -x


print(np.vectorize(step)(np.array([0, 1, 2, 3])))
print(np.vectorize(lambda a, b=1: a + b)([1, 2], b=[10, 20]))
print(np.apply_along_axis(lambda row: row[::-1], 1, np.arange(6).reshape(2, 3)))
print(np.fromfunction(lambda i, j: i * 10 + j, (2, 3), dtype=int))
print(np.frompyfunc(lambda a, b: f"{a}-{b}", 2, 1)(["x", "y"], [1, 2]))
print(np.fromiter((i * i for i in range(5)), dtype=int), np.array(list(map(step, [1, 2, 3]))))
print(np.piecewise(np.array([-1.0, 2.0]), [np.array([True, False])], [lambda v: -v, lambda v: v * 10]))


class Scale:
    def __init__(self, by):
        self.by = by

    def __call__(self, x):
        return x * self.by

    def method(self, x):
        return x + self.by

    @staticmethod
    def fixed(x):
        return x - 1


s = Scale(3)
print(np.vectorize(s)([1, 2]), np.vectorize(s.method)([1, 2]), np.vectorize(Scale.fixed)([1, 2]))
print(np.vectorize(functools.partial(operator.mul, 5))([1, 2]), np.vectorize(len)(["a", "bbb"]))
print(functools.reduce(np.add, [np.array([1]), np.array([2]), 3]), list(map(np.sqrt, [1, 4])), sorted([np.int64(3), 1, 2.5]))
total = []
np.vectorize(total.append, otypes=[object])([1, 2, 3])
print(total)
print(sorted([[3, 1], [1, 2]], key=np.sum), max([np.array([1, 2]), np.array([5])], key=np.max), list(filter(np.isfinite, [1.0, np.inf])))
depth = 0


def nested(x):
    global depth
    depth += 1
    return float(np.vectorize(nested)(x - 1)) + 1 if x > 0 else 0.0


print(nested(5), depth)
