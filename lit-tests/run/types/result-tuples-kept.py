# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What zip, enumerate, dict.items() and pairwise keep of the tuples that they handed out.
import itertools


class Dies:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def pairs(make):
    values = [Dies(i) for i in range(4)]
    iterator = make(values)
    values.clear()
    return iterator


def walk(title, iterator, keep_first):
    print(title, "keeps" if keep_first else "drops")
    first = next(iterator)
    if not keep_first:
        first = None
    print("second")
    second = next(iterator)
    second = None
    print("third")
    third = next(iterator)
    third = None
    print("first goes")
    first = None
    print("end")
    del iterator


for keep in (True, False):
    walk("zip", pairs(lambda l: zip(iter([l.pop(0), l.pop(0), l.pop(0)]), "abc")), keep)
    walk("enumerate", pairs(lambda l: enumerate(iter([l.pop(0), l.pop(0), l.pop(0)]))), keep)
    walk("pairwise", pairs(lambda l: itertools.pairwise(iter([l.pop(0), l.pop(0), l.pop(0), l.pop(0)]))), keep)
    walk("items", iter({i: Dies(i) for i in range(3)}.items()), keep)

# Those of a list are all different.
numbers = list(zip([1, 2, 3], [4, 5, 6]))
print(numbers, len({id(t) for t in numbers}))
print(list(enumerate("abc")), list({1: 2, 3: 4}.items()), list(itertools.pairwise([1, 2, 3])))
