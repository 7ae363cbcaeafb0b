# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What list(), tuple() and their like take at once from an iterator of the library is what they would take step by step: which item is
# next for whoever goes on, where errors stand, who dies when.
import sys
from collections import deque
from itertools import (chain, combinations, combinations_with_replacement, count, cycle, islice, pairwise, permutations, product, repeat,
                       tee, zip_longest)

numbers = list(range(100))

# Who goes on with the source finds the next item.
it = iter(numbers)
print(list(islice(it, 5)), next(it), list(islice(it, 2, 7)), next(it), list(islice(it, 0, 9, 3)), next(it))
it = iter(numbers)
print(tuple(islice(islice(it, 70), 65, None)), next(it))
it = count(5)
print(list(islice(it, 40))[-1], next(it), list(islice(count(2**62 - 3), 6)), list(islice(count(1.5, 2), 3)))
it = cycle("abc")
print("".join(islice(it, 40)), next(it))
it = repeat("x", 70)
print(len(list(islice(it, 33))), it, len(list(it)), list(it))
it = chain(numbers[:40], range(3), "ab", (7, 8), {1: 2}, [], [9])
print(list(islice(it, 41)), next(it), list(it), list(it))
a, b = tee(iter(numbers))
print(len(list(islice(a, 60))), list(islice(b, 3)), len(list(a)), next(b), len(list(b)))
a, b = tee(chain([1, 2], [3]))
print(list(a), list(b))

# Rows, and lists that change while they are read.
rows = [[i] * (i % 4) for i in range(12)]
print(list(chain.from_iterable(rows)), list(chain(*rows)) == sum(rows, []))
print(list(chain.from_iterable([[1, 2], (3,), "45", [6], []])))
growing = [1, 2]
it = chain([0], growing, growing)
print(next(it), next(it))
growing.append(3)
print(list(it))
it = chain.from_iterable(iter([[1, 2, 3], [4], [5, 6]]))
print(next(it), list(islice(it, 3)), it.__reduce__()[0], list(it))


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)

    def __repr__(self):
        return self.name


def lists():
    for i in range(3):
        print("list", i)
        yield [Loud(f"{i}a"), Loud(f"{i}b")]


found = list(chain.from_iterable(lists()))
print(found)
del found[:3]
found = list(chain.from_iterable([[Loud("c")], [Loud("d")]]))
print(found)
del found


def failing():
    yield [1, 2]
    raise KeyError("rows")


got = []
try:
    got.extend(chain([0], chain.from_iterable(failing())))
except KeyError as error:
    print(got, repr(error))

# Tuples: all of them, new or used again.
print(list(product("ab", range(3), repeat=1)), list(product()), list(product("ab", [])), list(product([], "ab")))
print(len(list(product(range(5), repeat=3))), list(product(range(5), repeat=3))[62:66])
for make in (lambda: combinations("abcde", 3), lambda: permutations("abcd", 2), lambda: combinations_with_replacement("abc", 2),
             lambda: product("abc", "de"), lambda: permutations("ab", 3), lambda: combinations("ab", 0)):
    it = make()
    first = list(islice(it, 2))
    rest = list(it)
    print(first, rest, list(it), first + rest == [x for x in make()], len({id(t) for t in first + rest}) == len(first + rest))
it = product("ab", "cd")
first = next(it)
it.__setstate__((0, 1))
print(first, list(it), first)
print(list(pairwise(numbers))[40:42], list(pairwise([1])), list(pairwise("abc")))
it = pairwise(iter(numbers))
print(next(it), list(islice(it, 2)), next(it))
print(list(zip_longest(numbers[:3], "ab")))
it = zip(numbers, numbers[:50], "x" * 40)
first = next(it)
print(first, len(list(it)), list(it))
it = iter(numbers[:10])
print(list(zip(it, it, it)), list(it))
it = iter(numbers[:7])
print(list(zip(it, numbers, it)), list(it))
for strict in ([1, 2, 3], range(3)), ([1, 2, 3], [1, 2]), ([1], [2, 3], [4]):
    try:
        print(list(zip(*strict, strict=True)))
    except ValueError as error:
        print(error)
rows = list(zip(*[range(i, i + 4) for i in range(17)]))
print(len(rows), rows[3])
it = enumerate(numbers, 2**62 - 35)
first = next(it)
print(first, list(it)[32:36])
it = enumerate("ab" * 20)
first = next(it)
print(first, list(islice(it, 35))[-1], next(it))
print(list(reversed(numbers))[:3], tuple(reversed([1, 2])))

# deque: errors where they belong.
d = deque(numbers)
it = iter(d)
print(tuple(islice(it, 40))[-1], next(it), len(list(it)), list(it), list(reversed(d))[:3], tuple(d) == tuple(numbers))
it = iter(d)
next(it)
d.append(1)
for _ in range(2):
    try:
        print(list(it))
    except RuntimeError as error:
        print(error)
d = deque(range(10), 4)
d.extend(chain([1, 2], range(7)))
print(d, d.copy(), deque(chain(d, d)), deque(pairwise(d), 2))
d = deque([1, 2])
d.appendleft(0)
d.rotate(1)
print(list(d), list(reversed(d)), deque(d), d.copy() == d)


class Chain(chain):
    """Has a step of its own."""

    def __next__(self):
        return super().__next__() * 10


print(list(Chain([1, 2], [3])), tuple(Chain([1])), deque(Chain([4])))

# Who fails in the middle has taken no more than he saw.
it = chain([1, 2, []], [3, 4])
try:
    set(it)
except TypeError as error:
    print(error, list(it))
it = chain([1, "a", 3], [4])
try:
    sum(it)
except TypeError as error:
    print(error, list(it))
it = chain([0, 0, 1], [2])
print(any(it), list(it))


# What is said of sizes.
def slowly(iterable):
    result = []
    result.extend(x for x in iterable)
    return result


for n in 0, 1, 7, 8, 9, 33, 100:
    print(n, sys.getsizeof(list(chain(numbers[:n]))), sys.getsizeof(list(islice(count(), n))), sys.getsizeof(slowly(numbers[:n])), end="; ")
print()
print(list(chain([None] * 40))[39:], len(list(chain([1.5] * 40, ["a"] * 40))))

# What is extended by itself.
d = deque([1, 2, 3])
for extend in (d.extend, d.extendleft):
    try:
        extend(islice(d, 3))
    except RuntimeError as error:
        print(error, d)
numbers = [1]
numbers.extend(islice(numbers, 5))
numbers.extend(islice(chain(numbers, numbers), 3))
numbers += zip(numbers, range(3))
print(numbers, list(islice(enumerate(numbers), 40))[-1])
shared = [1, 2]
it = cycle([])
it.__setstate__((shared, 1))
shared.extend(islice(it, 7))
print(shared)
