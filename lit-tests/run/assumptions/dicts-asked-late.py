# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# d.get() and d.setdefault() that are looked up before their arguments, and sets that are made for them alone: what is no dict, a dict of a class of
# its own, a dict that goes meanwhile, keys that have a say, `set` and `list` that are something else.
class Loud:
    def __init__(self, n): self.n = n
    def __del__(self): print("gone", self.n)
class Key:
    def __init__(self, n): self.n = n
    def __hash__(self):
        print("hash", self.n)
        return self.n
    def __eq__(self, o):
        print("eq", self.n)
        return isinstance(o, Key) and self.n == o.n
class Sub(dict):
    def get(self, k, d=None): return ("sub", k, d)
    def setdefault(self, k, d): return set()
def twice(x):
    return x * 2
def group(d, ws, n):
    for i in range(n):
        for w in ws:
            d.setdefault(len(w), set()).add(w)
            d.setdefault(twice(len(w)), list())
            d.setdefault(w[0], dict())
    return d
def counts(d, ws):
    for w in ws:
        d[len(w)] = d.get(len(w), 0) + 1
        d[w[:1]] = d.get(w[:1].lower(), 0) + 1
    return d
def lookups(d, ks):
    out = []
    for k in ks:
        out.append(d.get(twice(k)))
        out.append(d.get(twice(k), "none"))
        out.append(d.get(k[0] if isinstance(k, str) else k, -1.5))
    return out
def show(d): print(sorted((str(k), sorted(v) if isinstance(v, set) else v) for k, v in d.items()))
ws = "the quick brown fox jumps over the lazy dog".split()
show(group({}, ws, 3))
print(counts({}, ws))
print(lookups({"aa": 1, "bb": 2.5, 4: None}, ["a", "b", "c", 2]))
print(lookups(Sub(aa=1), ["a", 2]))
d = {Key(3): Loud(1), 3: Loud(2)}
def own(d, ks):
    for k in ks:
        print(type(d.get(Key(k), None)).__name__)
        d.setdefault(Key(k), set())
own(d, [3, 4, 4])
try: lookups({}, [[1]])
except TypeError as e: print(e)
try: lookups(None, ["a"])
except AttributeError as e: print(e)
try: group({}, [5], 1)
except TypeError as e: print(e)
class HasGet:
    get = staticmethod(lambda k, d=None: ("static", k, d))
    def __init__(self): self.setdefault = lambda k, d: {k} if isinstance(d, set) else d
print(lookups(HasGet(), ["x"]))
def changing(ks):
    d = {"aa": 1}
    out = []
    for k in ks:
        out.append(d.get(twice(k), 0))
        if k == "b": d = HasGet()
        if k == "c": d = Sub()
    return out
print(changing(["a", "b", "c", "d"]))
def rebound(ks):
    d = {}
    out = []
    for k in ks:
        out.append(d.get((d := {4: k}) and twice(k), "old"))
        out.append(d.get(4))
    return out, d
print(rebound([1, 2, 3]))
def temporary(ks):
    return [{2: Loud(k)}.get(twice(k)) is not None for k in ks]
print(temporary([1, 2]))
class set2(set): pass
keep = set
def patched(ws):
    global set
    out = {}
    for i, w in enumerate(ws):
        if i == 3: set = lambda: print("own set") or [w]
        r = out.setdefault(len(w), set())
        r.add(w) if isinstance(r, keep) else r.append(w)
    del set
    return sorted((k, sorted(v)) for k, v in out.items())
print(patched(ws))
import builtins
def patchedBuiltin(ws):
    out = {}
    for i, w in enumerate(ws):
        if i == 3: builtins.list = lambda: (print("own list"), [])[1]
        if i == 5: builtins.list = real
        out.setdefault(w[0], list()).append(w)
    return out
real = list
print(patchedBuiltin(ws))
