# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# sum, any, all, min and max over iterators of all kinds: those of classes may change their step, and any may end by StopIteration.
import array
import itertools


class Steps:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n == 3:
            Steps.__next__ = lambda self: self.stop()
        return self.n

    def stop(self):
        raise StopIteration


print(sum(Steps()), Steps.__next__ is not None)


def ends(x):
    if x == 3:
        raise StopIteration
    return x


def fails(x):
    if x == 3:
        raise ValueError(x)
    return x


d = {"a": 1, "b": 2.5, "c": 4}
a = array.array("i", range(6))
for of in (sum, min, max, any, all, lambda x: max(x, key=abs), lambda x: min(x, default=None)):
    print([of(x) for x in (d.values(), a, map(ends, range(1, 6)), reversed([3, 1, 2]), {5, 7}, itertools.islice(itertools.count(2), 3), b"abc",
                           (x for x in (1, 2)), filter(None, [0, 4]), range(2, 5), map(int, "123"))])
    try:
        print(of(map(fails, range(1, 6))))
    except ValueError as e:
        print("failed", e)
    try:
        grown = {1: 1, 2: 2}
        print(of(grown.setdefault(k * -7, k) for k in grown))
    except RuntimeError as e:
        print(e)
    for wrong in (5, None, iter):
        try:
            of(wrong)
        except TypeError as e:
            print(e)
