# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What is left of a mapping is made behind the patterns within, and an error there has the place of the last of them.
import sys, traceback
class Odd(dict):
    def __iter__(self): return iter(["other"])
    def keys(self): print("keys"); return ["other"]
    def __getitem__(self, key): return key
class Shown:
    def __init__(self, name): self.name = name
    def __eq__(self, other): print("is it", self.name); return self.name == other
def simple(d):
    match d:
        case {"a": x, **rest}: return x, rest
def nested(d):
    match d:
        case {"a": {"b": (x, [1, y])}, "c": [1, *_] | {"k": _}, **rest}: return x, y, rest
def wildcards(d):
    match d:
        case {"a": int(real=x, imag=_),
              "z": [_, _],
              **rest}: return x, rest
def alternatives(d):
    match d:
        case {"a": (1 | 2) as x, **rest} | {"a": x, "b": str(), **rest}: return x, rest
def alone(d):
    match d:
        case {**rest}: return rest
    return None
def tried(f, *arguments):
    try: print(f.__name__, f(*arguments))
    except Exception: print(traceback.format_exc().replace(__file__, 'FILE'), end='')
for make in dict, Odd:
    tried(simple, make({"a": 1, "q": 2}))
    tried(nested, make({"a": {"b": (3, [1, 4])}, "c": [1], "d": 5}))
    tried(nested, make({"a": {"b": (3, [1, 4])}, "c": {"k": 2}, "d": 5}))
    tried(wildcards, make({"a": 5, "z": (1, 2), "y": 3}))
    tried(alternatives, make({"a": 2, "b": "text"}))
    tried(alternatives, make({"a": 3, "b": "text", "c": 4}))
    tried(alone, make({"a": 1}))
    tried(simple, make())
match Odd(a=Shown("first"), b=Shown("second")):
    case {"a": "first", "b": "third", **rest}: print("both", rest)
    case _: print("neither")
