# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# min and max let go of what is no better at once: an item before its key, a former best after its key.


class Item:
    def __init__(self, n): self.n = n
    def __lt__(self, other):
        if self.n == 13 or other.n == 13: raise ValueError("13")
        return self.n < other.n
    def __gt__(self, other): return other < self
    def __repr__(self): return f"{type(self).__name__}({self.n})"
    def __del__(self): print("end of", self)


class Key(Item): pass


def keyOf(item):
    if item.n == 99: raise KeyError(99)
    return Key(item.n)


def items(*numbers):
    for n in numbers: yield Item(n)


for f in min, max:
    for numbers in ((2, 1, 3), (1, 1), (5,), (3, 13, 2), (4, 99, 1), ()):
        for key in (None, keyOf):
            print(f.__name__, numbers, key and key.__name__)
            try:
                best = f(items(*numbers), key=key)
                print("best", best)
                del best
            except (ValueError, KeyError) as e:
                print(type(e).__name__, e)
                del e
    print(f([], default=7), f(items(), default=None, key=keyOf))
    print(f("pear", "fig", "fig tree", "\u00e9t\u00e9", ""), f(["b", "a" * 40, "a" * 39 + "b"]), f("pqr", key=lambda c: c), f(["\u0434\u0430", "z", "\u0433"]))
    print(f([2.5, 1, True], key=lambda v: -v), f([(1, "b"), (1, "a")]), f(["B", "a"], key=str.lower), f(1, 2.0, 2, 1.0), f([True, 1, 1.0]))
    for bad in (["a", 1], [None, "a"], ["a", b"a"]):
        try: f(bad)
        except TypeError as e: print(e)
