# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What islice() leaves behind in the iterator below: starts and steps, ends before and in the middle, and containers that change.
from itertools import islice


class Loud:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def __del__(self):
        print("del", self.name)


def each(make):
    for bounds in ((3,), (2, None), (2, 9, 3), (0, None, 4), (12, None), (5, 20, 7), (9, 10), (10, 11), (3, 3), (1, 4, 100)):
        it = iter(make())
        print(bounds, list(islice(it, *bounds)), list(it))
        it = iter(make())
        for x in islice(it, *bounds):
            print(x, end=" ")
        print(next(it, "end"))


each(lambda: list(range(10)))
each(lambda: tuple(range(10)))
each(lambda: range(10))
each(lambda: (x for x in range(10)))
l = list(range(10))
s = islice(l, 2, None, 3)
print(next(s), end=" ")
del l[4:]
print(next(s, "end"), l)
l = list(range(4))
s = islice(l, 3, None)
l.extend([4, 5])
print(list(s))
it = iter([1, 2, 3, 4, 5, 6])
a, b = islice(it, 0, None, 2), islice(it, 1, None)
print(next(a), next(b), next(a), list(b), list(a))
print(list(islice([Loud("a"), Loud("b"), Loud("c")], 2, 3)))
print(list(islice((Loud(x) for x in "xyz"), 1, None)))
s = islice(iter([Loud("p"), Loud("q"), Loud("r")]), 0, None, 2)
print(next(s), next(s))
print(next(s, "over"))
