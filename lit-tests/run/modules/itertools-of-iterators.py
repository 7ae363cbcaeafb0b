# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# chain and islice step other iterators without asking anew what they are: nested ones, ones that end by a StopIteration of somebody
# else's, that fail, go on after their end, are generators, or put something else in their own place.
from itertools import chain, count, islice, repeat, takewhile


def nested(make, depth=100):
    it = iter(range(5))
    for _ in range(depth):
        it = make(it)
    return it


print(list(nested(lambda it: chain(it, ()))), list(nested(lambda it: chain((), it, (7,)), 3)))
print(list(nested(lambda it: islice(it, None))), list(nested(lambda it: islice(it, 1, None), 3)), list(nested(lambda it: islice(it, 0, 4, 2), 2)))
print(list(chain(map(abs, (-1, -2)), zip("ab", count()), enumerate("x"), {1: 2}, {3}, "y", b"z", (i for i in range(2)), reversed([8, 9]))))
print(next(nested(lambda it: chain(it, ()), 5)), next(nested(lambda it: islice(it, 3), 5)))


def stops(x):
    if x == 2:
        raise StopIteration("mine")
    return x


def fails(x):
    if x == 2:
        raise KeyError(x)
    return x


class Again:
    n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n % 3 == 0:
            raise StopIteration
        return self.n


def generator():
    try:
        yield 1
        yield 2
    finally:
        print("closed")


for f in stops, fails:
    for make in (lambda it: chain(it, "z"), lambda it: islice(it, 5), lambda it: chain(islice(chain(it), 5), "z")):
        it = make(map(f, range(4)))
        seen = []
        for _ in range(7):
            try:
                seen.append(next(it, "end"))
            except KeyError as e:
                seen.append(repr(e))
        print(f.__name__, seen)
again = Again()
print(list(chain(again, again)), list(islice(again, 9)), list(islice(again, 9)))
it = chain(generator(), generator())
print(next(it), next(it), next(it))
del it
it = islice(generator(), 1)
print(next(it), next(it, "end"))
del it

it = chain(map(lambda x: replace(x), range(3)), "rest")


def replace(x):
    if x == 1:
        it.__setstate__((iter(()), iter("new")))
    return x


print(list(it))
held = islice(map(lambda x: next(held, "inner") if x == 1 else x, range(4)), 4)
print(list(held))
print(list(takewhile(lambda x: x < 3, chain(count(), repeat(0)))), sum(islice(chain(repeat(1)), 1000)))
