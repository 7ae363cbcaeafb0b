# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Sets and dicts whose keys are known without asking, and those that have to be asked: who is asked about whom, what changes meanwhile.
import gc
import sys
from collections import Counter, defaultdict
from itertools import combinations

log = []


class Key:
    def __init__(self, name, hash=3):
        self.name, self.hash = name, hash

    def __hash__(self):
        return self.hash

    def __eq__(self, other):
        log.append(f"{self.name}{getattr(other, 'name', other)}")
        if self.name == "!":
            raise ValueError("not to be compared")
        if self.name == "c":
            changing.clear()
        return self.name == getattr(other, "name", other)

    def __repr__(self):
        return self.name


changing = set()


def show(title, act):
    log.clear()
    try:
        print(title, act(), log)
    except Exception as error:
        print(title, type(error).__name__, error, log)


def operators(title, x, y):
    show(title + " <=", lambda: x <= y)
    show(title + " <", lambda: x < y)
    show(title + " >=", lambda: x >= y)
    show(title + " >", lambda: x > y)
    show(title + " ==", lambda: x == y)
    show(title + " !=", lambda: x != y)
    show(title + " &", lambda: sorted(map(str, x & y)))
    show(title + " |", lambda: sorted(map(str, x | y)))
    show(title + " -", lambda: sorted(map(str, x - y)))
    show(title + " ^", lambda: sorted(map(str, x ^ y)))
    show(title + " disjoint", lambda: x.isdisjoint(y))


kinds = ([1, 2, 3], [1, 2], [], ["", 10, 3], [1.5, (1, ""), 40], [3, Key("x"), Key("y")], [Key("x"), 1, Key("z"), Key("w", 11)])
for a, b in combinations(kinds, 2):
    operators(f"{a} {b}", set(a), frozenset(b))
    operators(f"{b} {a}", frozenset(b), set(a))
    print(set(a) == a, set(a) != a, {1: 2}.keys() <= set(b))
operators("raising", {1, 2, Key("!")}, {Key("q"), 1, 2})
other = {Key("q"), 1, 2}
changing = {1, 2, Key("c"), 40}
operators("changing left", changing, other)
changing = {1, 2, Key("c"), 40}
operators("changing right", other, changing)


class Kin(set):
    def __le__(self, other):
        return "kin"

    def __eq__(self, other):
        return "kin equal"


print({1} >= Kin([1]), Kin([1]) <= {1}, {1} == Kin([1]), {1} <= Kin([1]), {1} < {2: 3}.keys())
for op in (lambda: {1} <= [1], lambda: {1} < None, lambda: frozenset() >= 3):
    show("others", op)
big, small = set(range(0, 300, 3)), frozenset(range(0, 60, 6))
print(small <= big, small < big, big <= small, small | {1} <= big, len(big - small), sorted(big - small)[:3], list(big - {0, 3}) == list(set(big) - {0, 3}))
copy = set(big)
print(copy == big, list(copy) == list(big), copy is big, sys.getsizeof(copy) == sys.getsizeof(big))
things = {object() for _ in range(30)}
counts = [sys.getrefcount(t) for t in things]
copies = [set(things), things | things, things.copy(), frozenset(things), things - {1}]
print({sys.getrefcount(t) - c for t, c in zip(things, counts)})
del copies
print({sys.getrefcount(t) - c for t, c in zip(things, counts)})

# Dicts.
for d in ({}, {1: "one", -1: "minus", -2: "less", 2**61 - 1: "zero", 2**61: "p", True: "true", "s": "text", (1, "s"): "pair"}, {"a": 1, "b": 2}):
    for key in (1, 0, -1, -2, 2**61 - 1, 2**61, -2**61, 1.0, "s", "a", "".join("ab")[:1], (1, "s"), (True, "s"), (1, "t"), b"s", None):
        print(d.get(key), key in d, end=" ")
        try:
            print(d[key])
        except KeyError as error:
            print("KeyError", error)
table = {Key("x"): 1, Key("y"): 2, 3: "three"}
for key in (3, Key("y"), 3.0, Key("n"), Key("!")):
    show(f"get {key}", lambda: table.get(key))
    show(f"[] {key}", lambda: table[key])
    show(f"in {key}", lambda: key in table)
    show(f"setdefault {key}", lambda: table.setdefault(key, "new"))
    show(f"set {key}", lambda: table.__setitem__(key, "other"))


class Ends:
    def __repr__(self):
        return "Ends"

    def __del__(self):
        print("end", sorted(d.items(), key=str))
        d["more"] = 1


d = {"k": Ends(), 5: Ends()}
print(gc.is_tracked(d))
d["k"] = "then"
d[5] = [1]
print(d)
d = {"k": 1}
print(gc.is_tracked(d))
d["k"] = "text"
print(gc.is_tracked(d))
d["k"] = []
print(gc.is_tracked(d), d)


class Holder:
    def __init__(self):
        self.a, self.b = 1, 2


h = Holder()
names = vars(h)
names["a"], names["c"] = 10, 30
print(h.a, h.c, names["b"], "b" in names, names.get("a"), names.setdefault("b", 5))
h.b = 20
print(names["b"], names, globals()["log"] is log)
globals()["later"] = 7
print(later, "later" in globals())
counts = Counter("mississippi")
counts.update("pip")
words = defaultdict(list)
for w in "one two three one two one".split():
    words[w].append(len(words))
    counts[w] += 1
print(counts, dict(words))
