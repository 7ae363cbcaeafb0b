# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Subscripts of subclasses of tuple and list, and of dicts by keys that are the same object, equal, or gone.
import collections


class Pair(tuple):
    pass


class Own(tuple):
    def __getitem__(self, key):
        return ("own", key)


class Items(list):
    pass


class OwnItems(Items):
    def __getitem__(self, key):
        return ("own", key)


Point = collections.namedtuple("Point", "x y")
for s in (Pair((1, 2)), Own((1, 2)), Items([1, 2]), OwnItems([1, 2]), Point(1, 2)):
    for key in (0, 1, -1, -2, 2, -3, True, 2**70, slice(0, 1), "x"):
        try:
            print(type(s).__name__, key, s[key])
        except (IndexError, TypeError) as error:
            print(type(error).__name__, error)
p = Pair((1, 2))
print(p[0])
Pair.__getitem__ = lambda self, key: "late"
print(p[0])
del Pair.__getitem__
print(p[0])


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 7

    def __eq__(self, other):
        print("eq", self.n, getattr(other, "n", other))
        return isinstance(other, Key) and self.n == other.n


a, b = Key(1), Key(2)
d = {a: "a", b: "b"}
print(d[a], d[b], d[Key(1)], b in d, d.get(Key(2)))
nan = float("nan")
d = {nan: 1, 1: "one", 1.5: "x", "k": 2, ("k", 1): 3}
print(d[nan], d.get(float("nan")), d[True], d[1.0], d["".join(["k"])], d["k", 1])
del d[1], d["k"]
for key in (1, "k", True, 1.0, None):
    print(key, key in d, d.get(key, "none"))
d[1] = "again"
print(list(d.items())[1:], d[1])
many = {i: -i for i in range(1000)}
many.update({str(i): i for i in range(1000)})
print(sum(many[i] for i in range(1000)), sum(many[str(i)] for i in range(1000)), all(k in many for k in many))


class Three:
    def __init__(self, a, b, c):
        self.b, self.a = b, a
        self.c = c


class More:
    def __init__(self, n):
        self.q = n
        self.r = n
        self.p = n


for _ in range(3):
    print(vars(Three(1, 2.5, "z")), vars(More([1])))
