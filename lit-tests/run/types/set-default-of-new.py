# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# d.setdefault(k, []) and d.setdefault(k, {}) in loops: keys of all kinds, dicts and what is none, keys whose classes have a say, errors.
from collections import OrderedDict, defaultdict


def group(keys, d):
    for i, k in enumerate(keys):
        d.setdefault(k, []).append(i)
    return d


def nested(pairs):
    d = {}
    for a, b in pairs:
        d.setdefault(a, {})[b] = a
    return d


def numbers(n):
    d = {}
    for i in range(n):
        k = i * 0.5 % 2
        d.setdefault(k, []).append(i)
        d.setdefault(i % 3, []).append(-i)
    return d


def same(keys, d):
    found = []
    for k in keys:
        found.append(d.setdefault(k, []))
    return found


print(group("abcab", {}), group([1, 2, 1, True, 1.0], {}), group([(1, 2), (1, 2), None], {}))
print(group("aab", defaultdict(int)), group("aab", OrderedDict()), group([], {}))
print(nested([("a", 1), ("b", 2), ("a", 3)]), numbers(8))
found = same("aba", {})
found[0].append("shared")
print(found)
nan = float("nan")
print(len(group([nan, nan, float("nan")], {})))


class Key:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        print("hash", self.name)
        return hash(self.name)

    def __eq__(self, other):
        print("==", self.name)
        return isinstance(other, Key) and self.name == other.name

    def __repr__(self):
        return f"Key({self.name})"


print(group([Key("a"), Key("b"), Key("a")], {}))


class Other(dict):
    pass


Other.setdefault = lambda self, k, new: print("own", k, new) or new


class NoDict:
    pass


NoDict.setdefault = lambda self, k, new: [k, new]
print(group("ab", Other()), same("ab", NoDict()))
for keys, d in (([[]], {}), ("a", 5), (["x"], {"x": 3})):
    try:
        print(group(keys, d))
    except Exception as e:
        print(type(e).__name__, e)
