"""Chains of generators, generator expressions and delegation."""
import sys


def numbers(n):
    for i in range(n):
        yield i


def squares(source):
    for x in source:
        yield x * x % 1009


def pairs(source):
    last = None
    for x in source:
        if last is not None:
            yield last, x
        last = x


class Tree:
    def __init__(self, depth, value):
        self.value = value
        self.children = [Tree(depth - 1, value * 2 + i) for i in (0, 1)] if depth else []

    def __iter__(self):
        yield self.value
        for child in self.children:
            yield from child


n = int(sys.argv[1])
print(sum(a < b for a, b in pairs(squares(numbers(n)))))
print(sum(x for x in (y + 1 for y in numbers(n)) if x % 3 == 0))
print(sum(Tree(10, 1)), sum(1 for _ in range(max(1, n // 20000)) for _ in Tree(8, 1)))
