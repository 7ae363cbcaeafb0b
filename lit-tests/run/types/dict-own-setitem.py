# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Classes of dicts that redefine __delitem__ or __setitem__ alone, or take dict's back.
from collections import Counter, OrderedDict, defaultdict


class Deletes(dict):
    def __delitem__(self, key):
        print("delete", key)
        super().__delitem__(key)


class Sets(dict):
    def __setitem__(self, key, value):
        print("set", key, value)
        super().__setitem__(key, value)


class Back(Sets):
    __setitem__ = dict.__setitem__

    def __delitem__(self, key):
        print("back: delete", key)


class Ordered(OrderedDict):
    def __delitem__(self, key):
        print("ordered: delete", key)
        super().__delitem__(key)


class Defaults(defaultdict):
    def __delitem__(self, key):
        print("defaults: delete", key)


class Tally(Counter):
    pass


def use(d):
    for key in ("a", 1, (1, b"x"), "a", (1, b"x"), (b"x", b"y"), (True, b"x")):
        d[key] = len(d)
        d[key] += 10
    try:
        d[[]] = 1
    except TypeError as error:
        print(error)
    del d["a"]
    try:
        del d["absent"]
    except KeyError as error:
        print("KeyError", error)
    print(type(d).__name__, dict(d), list(d))


for cls in (Deletes, Sets, Back, Ordered, Counter, Tally):
    use(cls())
use(Defaults(int))
Deletes.__setitem__ = lambda self, key, value: dict.__setitem__(self, key, ("later", value))
d = Deletes()
d["k"] = 1
print(d)
del Deletes.__setitem__
d["k"] = 2
print(d)
for wrong in (lambda: dict.__setitem__([], 0, 1), lambda: dict.__setitem__(d, 0)):
    try:
        wrong()
    except TypeError as error:
        print(error)


class Key:
    def __hash__(self):
        d[self] = 1
        return 1


try:
    d[Key()] = 1
except RecursionError as error:
    print("RecursionError")
words = "the cat and the dog and the bird".split()
tally = Tally()
for pair in zip(words, words[1:]):
    tally[pair] += 1
print(tally.most_common(2), {(b"a", "b"): 1}[(bytes([97]), "".join("b"))])
