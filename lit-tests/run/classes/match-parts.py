# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What mapping and class patterns ask for, in which order, what they make of names and keys that come twice, and what dies when.
import collections
class Keys:
    a = "a"
    also_a = "".join(["a"])
    one = 1
    true = True
    real = 1.0
    pair = (1, 2)
    bad = []
def try_match(subject):
    try:
        match subject:
            case {Keys.a: x, "b": y, Keys.also_a: z}: return "repeated text", x, y, z
            case {Keys.one: x, Keys.real: y}: return "repeated number", x, y
            case {Keys.true: x, Keys.pair: y}: return "true and pair", x, y
            case {Keys.bad: x}: return "unhashable", x
            case {"p": 1, **rest}: return "rest", rest
    except Exception as e:
        return type(e).__name__, str(e)
for subject in ({}, {"a": 1}, {"a": 1, "b": 2}, {1: 1}, {1: "x", (1, 2): "y"}, {"p": 1, "q": 2}, 5, {True: 2}):
    print(try_match(subject))
class Asked(dict):
    def __missing__(self, key): print("missing", key); return key
    def get(self, key, default=None): print("get", key); return super().get(key, default)
def keys(subject):
    match subject:
        case {"x": x, "y": y}: return x, y
        case {"x": 1}: return "x"
print(keys(Asked(x=1)), keys(collections.defaultdict(int, x=1)), keys(collections.UserDict(x=1, y=2)))
def many(subject):
    match subject:
        case {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f, "g": g, "h": h, "i": i, "j": j}: return a, b, c, d, e, f, g, h, i, j
        case {0: a, 1: b, 2: c, 3: d, 4: e, 5: f, 6: g, 7: h, 8: i, 9: j, 10: k, 11: l, 12: m, 13: n, 14: o, 15: p, 16: q}: return q, a
print(many(dict(zip("abcdefghij", range(10)))), many({i: str(i) for i in range(17)}), many({i: str(i) for i in range(16)}))
class Traced:
    def __init__(self, name): self.name = name
    def __del__(self): print("del", self.name)
class Parts:
    __match_args__ = ("first", "second", "third")
    def __getattr__(self, name):
        print("ask", name)
        if name == "third": raise AttributeError(name)
        if name == "broken": raise ValueError(name)
        return Traced(name)
def parts(subject):
    try:
        match subject:
            case Parts(a, b, c): return "three"
            case Parts(a, broken=c): return "broken"
    except ValueError as e:
        return "ValueError", str(e)
print(parts(Parts()))
def named(subject):
    match subject:
        case Parts(a, b, other=c): return a.name, b.name, c.name
print(named(Parts()))
def repeated(subject):
    match subject:
        case Parts(a, first=b): return a, b
class Twice:
    __match_args__ = ("x", "x")
    x = 1
def twice(subject):
    match subject:
        case Twice(a, b): return a, b
class Numbered:
    __match_args__ = ("x", 5)
    x = 1
def numbered(subject):
    match subject:
        case Numbered(a, b): return a, b
class Listed:
    __match_args__ = ["x"]
def listed(subject):
    match subject:
        case Listed(a): return a
def few(subject):
    match subject:
        case Twice(a, b, c): return a
        case int(a, b): return a
for f, subject in ((repeated, Parts()), (twice, Twice()), (numbered, Numbered()), (listed, Listed()), (few, Twice()), (few, 5)):
    try: print(f(subject))
    except TypeError as e: print("TypeError", e)
def builtin(subject):
    match subject:
        case bool(b): return "bool", b
        case int(n) | float(n): return "number", n
        case str(s): return "str", s
        case dict(d): return "dict", d
        case list([x, *_]): return "list", x
        case object(): return "object"
print([builtin(v) for v in (True, 5, 2.5, "s", {1: 2}, [1, 2], [], None)])
class Wide:
    def __init__(self):
        for name in "abcdefghij": setattr(self, name, name.upper())
def wide(subject):
    match subject:
        case Wide(a=a, b=b, c=c, d=d, e=e, f=f, g=g, h=h, i=i, j=j, k=k): return "k"
        case Wide(a=a, b=b, c=c, d=d, e=e, f=f, g=g, h=h, i=i, j=j): return a + b + c + d + e + f + g + h + i + j
print(wide(Wide()))
def mixed(subject):
    match subject:
        case {"q": x, Keys.one: y, Keys.pair: z, Keys.true: t}: return x, y, z, t
for subject in ({"q": 1}, {"q": 1, 1: 2, (1, 2): 3, 7: 7}):
    try: print(mixed(subject))
    except ValueError as e: print("ValueError", e)
class Sixteen:
    __match_args__ = tuple("abcdefghijklmnopq")
    def __getattr__(self, name): return name
def sixteen(subject):
    match subject:
        case Sixteen(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, last=r, a=s): return r
try: print(sixteen(Sixteen()))
except TypeError as e: print("TypeError", e)
