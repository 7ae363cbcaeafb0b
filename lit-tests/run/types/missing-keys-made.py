# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# What defaultdict makes of missing keys: by types, functions and what is neither, in classes of its own, with errors, deaths and changes on the way.
import sys
from collections import Counter, defaultdict

for factory in list, int, set, dict, str, float, tuple, bool, bytearray, frozenset, complex, object, lambda: "made":
    d = defaultdict(factory)
    first, again = d["a"], d["a"]
    print(first if factory is not object else type(first), first is again, d[1] is d[1.0], len(d), d["b"] is d["a"], "c" in d, d.get("c"))


class Own(list):
    def __init__(self):
        print("own", end=" ")


class Missing(defaultdict):
    def __missing__(self, key):
        print("missing", key, end=" ")
        return super().__missing__(key)


class Stores(defaultdict):
    def __setitem__(self, key, value):
        print("stores", key, value, end=" ")
        super().__setitem__(key, [value])


class Borrows(dict):
    __missing__ = defaultdict.__missing__


class Named(dict):
    __missing__ = dict.__len__


class Counts(dict):
    __missing__ = dict.__contains__


for d in Missing(int), Missing(Own), Stores(list), Stores(int), defaultdict(Own), Borrows(), Named(), Counts(a=1), Counter():
    try:
        print(type(d).__name__, d["k"], d["k"], dict(d))
    except TypeError as e:
        print(type(d).__name__, e)

d = defaultdict(list)
for factory in None, 5, [], len, int:
    try:
        d.default_factory = factory
        print(d[factory.__class__], len(d))
    except (KeyError, TypeError) as e:
        print(type(e).__name__, e)
try:
    defaultdict(list)[[]]
except TypeError as e:
    print(e)


class Key:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        print("hash", end=" ")
        return 7

    def __eq__(self, other):
        print("eq", self.name, other.name, end=" ")
        return self.name == other.name

    def __del__(self):
        print("end of", self.name)


d = defaultdict(list)
d[Key("one")].append(1)
print(len(d))
d[Key("one")].append(2)
print(len(d))
d[Key("two")].append(3)
print(len(d), list(d.values()))
d.clear()

# A factory that changes its own dict.
d = defaultdict(lambda: d.setdefault("x", []) or d.update(y=1) or "late")
print(d["x"], sorted(d.items()))


def deep(n):
    return deeper[n - 1] + 1 if n else 0


class Deep(defaultdict):
    def __missing__(self, key):
        return deep(key)


deeper = Deep()
print(deeper[50])
recursive = defaultdict(lambda: recursive[len(recursive), object()])
try:
    recursive["a"]
except RecursionError as e:
    print(e, len(recursive))

value = []
before = sys.getrefcount(value)
d = defaultdict(lambda: value)
d[1], d[2]
print(sys.getrefcount(value) - before)
lists = defaultdict(list)
print(sys.getrefcount(lists[1]))
