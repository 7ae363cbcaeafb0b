# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# `v in d.values()`: the values are asked one by one, the very same first, and whoever changes the dict meanwhile is told.
class Asks:
    def __init__(self, name, also=None):
        self.name, self.also = name, also

    def __eq__(self, other):
        print("eq", self.name, other)
        if self.also:
            self.also()
        return self.name == other

    def __repr__(self):
        return self.name


def has(d, *wanted):
    return [v in d.values() for v in wanted]


class Fields:
    def __init__(self):
        self.a, self.b = 1, "x"
        self.c = 2.5


class Sub(dict):
    def values(self):
        return [3]


nan = float("nan")
print(has({}, 1, None), has({1: 2, 3: "a", 4: (1, 2), 5: nan}, 2, 2.0, True, "a", (1, 2), nan, float("nan"), None))
print(has(vars(Fields()), 1, "x", 2.5, 2), has(Sub(a=1), 3, 1))
print(has({1: 1, 2: Asks("p"), 3: Asks("q")}, 1, "q", "z"))
print(has({1: "a", 2: "b"}, Asks("b")))
d = {1: 1, 2: 2, 3: 3}
del d[1]
print(has(d, 1, 3))
d = {i: str(i) for i in range(3)}
d[1] = Asks("x", lambda: d.clear())
for wanted in ("0", "x", "y"):
    try:
        print(has(d, wanted), d)
    except RuntimeError as e:
        print(e)
    d.update({0: "0", 1: Asks("x", lambda: d.clear()), 2: "2"})
print(hasattr(d.values(), "__contains__"))
