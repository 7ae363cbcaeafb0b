# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
"""Loops over items of dicts whose keys and values die meanwhile: an iterator keeps the pair that it gave last up to the next step."""
import sys


class Noted:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def __del__(self):
        print("end of", self.name, end="; ")


def emptied(d):
    """Each value leaves the dict while its turn is on."""
    for k, v in d.items():
        d[k] = None
        del v
        print("turn", k, end="; ")
    print("done")


emptied({"a": Noted("1"), "b": Noted("2"), "c": 3, "d": Noted("4")})
emptied({1: Noted("1"), 2: "x", 3: Noted("3")})
emptied({(1, "t"): Noted("1"), (2, "t"): Noted("2"), 5: Noted("3")})


def replaced(d, new):
    for (k, v), n in zip(d.items(), new):
        d[k] = n
        del v
        print("turn", k, end="; ")
    print("done")


replaced({"a": Noted("1"), "b": Noted("2")}, [1, 2, 3])


def shared():
    """One object as several values, and as key and value."""
    n = Noted("both")
    d = {"a": n, "b": n, n: n, "c": 1}
    del n
    for k, v in d.items():
        d[k] = 0
        print("turn", k if isinstance(k, str) else "noted", end="; ")
    print("done")
    k = v = None
    d.clear()
    print("cleared")


shared()


def cut(d, at):
    """Ends in the middle, by an error or a break, and the dict is gone before the iterator."""
    items = iter(d.items())
    for k, v in items:
        if k == at:
            d.clear()
            break
    del v
    try:
        print(next(items, "no more"))
    except RuntimeError as e:
        print(e)
    print("at the end", end="; ")


cut({"a": Noted("1"), "b": Noted("2"), "c": Noted("3")}, "b")
print()

d = {"a": [1], "b": [2], "c": None, "d": (1, 2), "e": 2.5, "f": 2 ** 80, "g": True}
for k, v in d.items():
    if isinstance(v, list):
        v.append(k)
    print(k, v, sys.getrefcount(v) < 10 if isinstance(v, list) else "", end="; ")
print(d)
try:
    for k, v in d.items():
        d[k + k] = v
except RuntimeError as e:
    print(e)
try:
    for k, v in d.items():
        del d[k]
        d["new"] = 1
except RuntimeError as e:
    print(e)
print([(k, v) for k, v in {1: 2, "x": Noted("comprehended")}.items()])
kept = list({1: Noted("kept")}.items())
for i, (k, v) in enumerate({"p": Noted("p"), "q": Noted("q")}.items()):
    print(i, k, v, end="; ")
print("before the end")
