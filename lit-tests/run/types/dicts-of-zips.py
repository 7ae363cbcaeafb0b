# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Dicts made of zips: texts as keys or not, keys that come again, what dies and what runs meanwhile, sizes, and what is left.
import collections
import sys


class Told:
    def __init__(self, name, act=None):
        self.name, self.act = name, act

    def __repr__(self):
        return self.name

    def __del__(self):
        print("dies", self.name)
        if self.act:
            self.act()


class Key:
    def __init__(self, act):
        self.act = act

    def __hash__(self):
        self.act()
        return 1

    def __repr__(self):
        return "key"


names = [f"k{i}" for i in range(60)]
for n in (0, 1, 5, 6, 10, 11, 21, 22, 23, 24, 25, 26, 43, 60):
    d = dict(zip(names[:n], range(n)))
    e = dict(zip(names[:n], list(range(n))))
    one = {}
    for k, v in zip(names[:n], range(n)):
        one[k] = v
    assert d == e == one and list(e) == names[:n], n
    print(n, sys.getsizeof(e) == sys.getsizeof(one), sys.getsizeof(e), len(e), e.get("k3"))
    e["more"] = 1
    e.pop("k0", None)
    print(list(e)[-2:], "k0" in e)

print(dict(zip(["a", "b", "a", "c"], [1, 2, 3, 4])), dict(zip(("a", 1, "b", 1.0), [[], {}, (), None])))
print(dict(zip(["a", "b"], [1])), dict(zip([], [1])), dict(zip(["x"], ["y"]), x="z", w=1), dict(zip("abc", "def")))
print({**dict(zip(["a", "b"], "cd"))}, collections.OrderedDict(zip(["z", "a"], [1, 2])), collections.Counter(dict(zip(["a"], [3]))))


class D(dict):
    def __setitem__(self, key, value):
        print("never", key)


print(D(zip(["a", "b"], [1, 2])), type(D(zip(["a"], [1]))).__name__)

# Iterators that others have, and one in both places.
a, b = iter(["a", "b", "c"]), iter([1, 2])
print(dict(zip(a, b)), list(a), list(b))
a = iter(["a", "b", "c", "d", "e"])
print(dict(zip(a, a)), list(a))
z = zip(["a", "b", "c"], [1, 2, 3])
print(next(z), dict(z), next(z, None))
for strict in (["a", "b"], ["a", "b", "c", "d"]):
    try:
        print(dict(zip(strict, [1, 2, 3], strict=True)))
    except ValueError as e:
        print(e)
for bad in ([1, [2]], ["a", [2]], [[], 1]):
    try:
        print(dict(zip(bad[::-1], [1, 2])))
    except TypeError as e:
        print(e)

# What a key or a death does to the lists is seen by the pairs behind it.
keys, values = ["a", "b", "c", "d"], [1, 2, 3, 4]
keys[1] = Key(lambda: (values.append(5), keys.append("e"), keys.__setitem__(2, "changed")))
print(list(dict(zip(keys, values)).items()))
keys, values = ["a", "b", "a", "c", "d"], [0, 2, 3, 4, 5]
values[0] = Told("first", lambda: (keys.pop(), values.__setitem__(3, "seen")))
print("sizes", len(keys), len(values))
z = zip(keys, values)
values = None
print(dict(z))
keys, values = ["a", "b"], [Told("one"), Told("two")]
d = dict(zip(keys, values))
del values
print("held", list(d))
d.update(zip(["a", "c"], [1, 2]))
print(d)
d.clear()
d.update(zip(["q", "r", "q"], [1, 2, 3]))
print(d)
t = Told("counted")
before = sys.getrefcount(t)
d = dict(zip(["a", "b", 3, "c"], [t, t, t, t]))
print(sys.getrefcount(t) - before)
d = dict(zip(["a", "b", "a", "c"], [t, t, t, t]))
print(sys.getrefcount(t) - before)
del d
print(sys.getrefcount(t) - before)
