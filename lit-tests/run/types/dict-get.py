# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# get of dicts and add of sets, of what is nearly one, and of other things; and what goes over their items, sums and compares sequences on the way.
from collections import Counter, OrderedDict, defaultdict


class Noisy:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def __del__(self):
        print("end of", self.name)


class Asked:
    def __repr__(self):
        return "Asked"

    def __hash__(self):
        return 1

    def __eq__(self, other):
        if other is table:
            return False
        raise ValueError("asked about %r" % (other,))


Own = type("Own", (dict,), {"get": lambda self, key, otherwise="own": dict.get(self, key, otherwise)})


class Attribute(dict):
    pass


def one(d, k):
    return d.get(k)


def two(d, k, otherwise):
    return d.get(k, otherwise)


def found(d, words, i):
    return d.get(words[i], words[i + 1])


def found_one(d, words, i):
    return d.get(words[i])


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


table = {"a": 1, 2: "two", (1, "x"): None, 1.5: [3]}
keys = ["a", 2, (1, "x"), 1.5, "absent", True, [], Asked(), "".join(["", "a"])]
with_attribute = Attribute(a=5)
with_attribute.get = lambda *given: ("attribute", given)
for d in (table, {}, Own(table), defaultdict(int, table), OrderedDict(table), Counter("abca"), vars(Noisy), with_attribute, 5, [], None):
    title = type(d).__name__
    print(title, [attempt(one, d, k) for k in keys])
    print(title, [attempt(two, d, k, "else") for k in keys])
    print(title, [attempt(found, d, [k, "else"], 0) for k in keys])
    print(title, [attempt(found_one, d, [k], 0) for k in keys])
print({"k": Noisy("value")}.get("k"))
print({"k": Noisy("value")}.get("k", [Noisy("otherwise")].pop()))
print({}.get([Noisy("key")].pop(), [Noisy("otherwise")].pop()))
print(attempt(lambda: {Noisy("held"): 1}.get([][0], Noisy("never"))))
print(attempt(lambda: {1: 1}.get([Noisy("unhashable")], [Noisy("otherwise")].pop())))
for wrong in (lambda: table.get(), lambda: table.get(1, 2, 3), lambda: table.get(key=1)):
    print(attempt(wrong))

def add(to, x):
    return to.add(x)


def add_found(to, words):
    return to.add(words[0])


class Kin(set):
    pass


log = []
with_attribute = Kin([1])
with_attribute.add = log.append
for to in (set(), {1, "a"}, frozenset([1]), Kin([2]), with_attribute, [], None, dict):
    print(type(to).__name__, [attempt(add, to, x) for x in (1, "a", "a", [], (1, "x"), 1.0)], [attempt(add_found, to, [x]) for x in ("b", {}, Asked(), None)], attempt(lambda: sorted(to, key=str)))
print(log)
{1}.add([Noisy("added")].pop())
print(attempt(add, {Asked()}, 1), attempt(add_found, {Asked()}, [True]))
for wrong in (lambda: set().add(), lambda: {1}.add(1, 2), lambda: {1}.add(x=1)):
    print(attempt(wrong))


# Pairs of items: plain, held, changed while they are gone over.
for d in ({"a": 1, "b": 2.5, "c": b"x", 4: "d", 10**30: -1}, {"a": Noisy("one"), "b": [1], "c": 2, "d": Noisy("two")}):
    for k, v in d.items():
        print(k, v)
    del k, v
d = {"a": Noisy("replaced"), "b": 2, "c": 3}
for k, v in d.items():
    d["a"] = v = 5
    print(k, v, d)
for change in (lambda: d.update(new=1), lambda: d.pop("b"), lambda: (d.pop("a", None), d.update(again=1))):
    try:
        for k, v in d.items():
            print(k, v)
            change()
    except RuntimeError as error:
        print(error)
d = {i: str(i) for i in range(6)}
del d[0], d[3]
print([k + len(v) for k, v in d.items()], [(v, k) for k, v in d.items() if k > 1])
pairs = iter(d.items())
first = next(pairs)
for k, v in pairs:
    print(first, k, v)


# Sums and comparisons of sequences.
class Listed(list):
    def __radd__(self, other):
        return "radd"


class Tupled(tuple):
    def __eq__(self, other):
        return "equal"

    def __radd__(self, other):
        return "radd"


nan = float("nan")
rows = [(), (1, "a"), (True, "a"), (1.0, "a"), (1, "b"), (1, "a", 2), (nan,), (float("nan"),), ((1, (2,)), None), ((1, (2.0,)), None), ([1],), (Asked(),)]
for a in rows:
    print([attempt(lambda: a == b) for b in rows], [attempt(lambda: a != b) for b in rows])
print(rows[1] == Tupled((1,)), Tupled() == (), (1,) == [1], (1,) != None)
print([1] + [2, "x"], [1] + Listed(), (1,) + (2,), (1,) + Tupled(), () + (3,), [] + [])
kept = (7, 8)
print(() + kept is kept, kept + () is kept)
for bad in (lambda: [1] + (2,), lambda: (1,) + [2], lambda: [] + None):
    print(attempt(bad))
