# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Items of what is taken for a dict: kinds of dicts and of keys, entries that change under way, and what is no dict at all.
from collections import Counter, OrderedDict, defaultdict


class Key:
    """Equal to others of its number, and says so."""

    def __init__(self, number, log=None):
        self.number = number
        self.log = log

    def __repr__(self):
        return f"Key({self.number})"

    def __hash__(self):
        return 7

    def __eq__(self, other):
        if self.log is not None:
            self.log.append((self.number, getattr(other, "number", other)))
        return isinstance(other, Key) and self.number == other.number


class Plain:
    pass


class Missing(dict):
    def __missing__(self, key):
        return len(str(key))


class Own(dict):
    def __getitem__(self, key):
        return 1000

    def __contains__(self, key):
        return True


class Stores(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value * 2)


class Getter(dict):
    def get(self, key, other=None):
        return 70


class Later(dict):
    pass


class Latest(Later):
    pass


class Table:
    """No dict, but asked as one."""

    def __init__(self):
        self.asked = []

    def __repr__(self):
        return f"Table({self.asked})"

    def __getitem__(self, key):
        self.asked.append(key)
        return 3

    def __setitem__(self, key, value):
        self.asked.append((key, value))

    def __contains__(self, key):
        return key == "a"

    def get(self, key, other=None):
        return other


def total(keys):
    d = {"a": 1, "b": 2, "c": 3.5}
    s = 0
    for k in keys:
        s += d[k]
    return s


def asked(d, keys):
    n = 0
    for k in keys:
        if k in d:
            n += d[k]
        else:
            n -= 1
        n += d.get(k, 5)
    return n


def counted(d, keys):
    n = 0
    for k in keys:
        d[k] = d.get(k, 0) + 1
        d[k] += 1
        n += 1
    return n, d


def summed(rows):
    """A dict of dicts; row by row."""
    length = {a: {b: float(x) for b, x in row.items()} for a, row in rows.items()}
    s = 0.0
    for a in rows:
        row = length[a]
        for b in rows:
            if b in row:
                s += row[b]
                row[b] = s
            else:
                row[b] = 0
    return s, length


def counts(words):
    seen = {}
    n = 0
    for w in words:
        if w in seen:
            seen[w] += 1
        else:
            seen[w] = 1
        n += seen[w]
    return n, seen


def optional(d, keys):
    n = 0
    for k in keys:
        x = d.get(k)
        if x is None:
            n += 100
        else:
            n += x
    return n


def trial(what, f, *arguments):
    try:
        print(what, f(*arguments))
    except Exception as e:
        print(what, type(e).__name__, e, [t for t in lines(e)])


def lines(e):
    t = e.__traceback__
    while t:
        yield t.tb_lineno
        t = t.tb_next


def dicts():
    base = {"a": 1, "b": 2, 3: 4, (1, 2): 5, None: 6, 2.5: 7, -1: 8, 1 << 70: 9, b"x": 10, True: 11}
    keys = ["a", "b", "".join(["a"]), 3, 3.0, (1, 2), tuple([1, 2]), None, 2.5, -1, 1 << 70, b"x", 1, True, 1.0, "none", 99, -2, 0]
    yield "dict", dict(base), keys
    yield "missing", Missing(base), keys
    yield "own", Own(base), keys
    yield "getter", Getter(base), keys
    hidden = Latest(base)
    hidden.get = lambda key, other=None: 90
    yield "hidden", hidden, keys
    yield "stores", Stores(base), keys
    yield "ordered", OrderedDict(base), keys
    yield "counter", Counter(base), keys
    yield "default", defaultdict(int, base), keys
    yield "float", defaultdict(float), keys
    yield "table", Table(), keys
    yield "empty", {}, keys
    holder = Plain()
    holder.a, holder.b = 1, 2
    yield "instance", vars(holder), keys[:3] + ["new", "new"]
    yield "instance", holder.__dict__, keys[:3] + ["new", "other"]


def all_kinds():
    for name, d, keys in dicts():
        trial(name + " asked", asked, d, keys)
        trial(name + " optional", optional, d, keys)
        trial(name + " counted", counted, d, keys)
        trial(name + " list", asked, d, ["a", []])
    trial("list", asked, [0, 1, 2], [0, 1, 2, 5])
    trial("text", asked, "abc", ["a", "z"])
    trial("set", asked, {1, 2}, [1, 3])


def keys_that_ask():
    log = []
    d = {Key(1, log): 1, Key(2, log): 2}
    trial("keys", asked, d, [Key(1, log), Key(2, log), Key(3, log), next(iter(d))])
    trial("keys", counted, d, [Key(1, log), Key(4, log)][:1])
    print(log)


def classes_that_change():
    later = Later(a=1, b=2)
    print(asked(later, ["a", "b", "c"]) if "c" in later else "no c")
    later["c"] = 3
    print(asked(later, ["a", "b", "c"]))
    Later.__getitem__ = lambda self, key: 50
    print(asked(later, ["a", "b", "c"]))
    Later.__contains__ = lambda self, key: False
    print(asked(later, ["a", "b", "c"]))
    Later.get = lambda self, key, other=None: 7
    print(asked(later, ["a", "b", "c"]))
    del Later.__getitem__, Later.__contains__, Later.get
    print(asked(later, ["a", "b", "c"]))
    Later.__setitem__ = lambda self, key, value: dict.__setitem__(self, key, -value)
    print(counted(later, ["a", "a", "b"]))
    del Later.__setitem__
    print(counted(later, ["a", "a", "b"]))
    latest = Latest(a=1, b=2)
    print(asked(latest, ["a", "b", "c"]), counted(latest, ["a"]))
    Later.get = lambda self, key, other=None: 30
    print(asked(latest, ["a", "b", "c"]), counted(latest, ["a"]))
    Later.__getitem__ = lambda self, key: 40
    print(asked(latest, ["a", "b", "c"]), counted(latest, ["a"]))
    Latest.__getitem__ = dict.__getitem__
    print(asked(latest, ["a", "b", "c"]), counted(latest, ["a"]))


class Dying:
    """Changes the dict that it is thrown out of."""

    def __init__(self, d, what):
        self.d = d
        self.what = what

    def __del__(self):
        self.what(self.d)

    def __add__(self, other):
        return self


def replaced(d, keys):
    n = 0
    for k in keys:
        n += 1
        d[k] = n
    return n, sorted(map(str, d))


def values_that_die():
    d = {}
    for k in "abc":
        d[k] = Dying(d, lambda d: d.update(x=1))
    print(replaced(d, ["a", "b", "c"]))
    d = {}
    for k in "abc":
        d[k] = Dying(d, lambda d: d.clear())
    print(replaced(d, ["a", "b", "c"]))
    d = {"k": 0}
    d["k"] = Dying(d, lambda d: d.pop("k", None))
    print(replaced(d, ["k", "k"]))


def containers_in_values():
    d = {"a": 1, "b": 2}
    n = 0
    for k in ("a", "b", "a"):
        d[k] = [k, n]
        n += 1
    inner = {"x": {"y": 1}, "z": {"y": 2}}
    for k in ("x", "z", "x"):
        inner[k]["y"] += n
        n += inner[k]["y"]
    return d, inner, n


def grown(count):
    d = {}
    n = 0
    for i in range(count):
        d[i] = i
        if i - 3 in d:
            n += d[i - 3]
        d[i % 17] = n % 1000
    for i in range(0, count, 2):
        del d[i]
    for i in range(count):
        n += d.get(i, 1)
    return n, len(d)


all_kinds()
keys_that_ask()
classes_that_change()
values_that_die()
print(containers_in_values())
trial("total", total, ["a", "b", "c", "a"])
trial("total", total, ["a", "z"])
trial("summed", summed, {"p": {"p": 1, "q": 2}, "q": {"p": 3}})
trial("counts", counts, "the cat and the dog and the bird".split())
trial("counts", counts, [1, 2.0, 2, True, 1.0, "1"])
for count in (3, 10, 100, 200, 1000, 70000):
    print(grown(count))
