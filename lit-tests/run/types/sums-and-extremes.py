# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
"""sum, min and max of builtin containers: numbers of one kind and of several, large sums, zeros with signs, NaN, views, errors."""
from collections import Counter, OrderedDict, defaultdict


class Half:
    """A number of its own."""

    def __add__(self, other):
        return other + 0.5

    __radd__ = __add__

    def __lt__(self, other):
        return 0.5 < other

    def __gt__(self, other):
        return 0.5 > other

    def __repr__(self):
        return "half"


nan, inf = float("nan"), float("inf")
LISTS = [
    [], [3], [3, 1, 2], [True, 2, False], [2, True], [1.5, -2.5, 0.25], [-0.0], [0.0, -0.0], [-0.0, 0.0], [1, 2.5], [2.5, 1], [0.1] * 10,
    [1e308, 1e308], [inf, -inf], [1.0, nan], [nan, 1.0], [2 ** 62, 2 ** 62], [2 ** 61] * 5, [-2 ** 62, -1], [2 ** 61, 2 ** 61, 0.5], [2 ** 70, 1, -2 ** 70],
    [1, Half()], [1.0, Half()], [5e-324, 1e-310], [1, 2, 3.5, 4, Half(), 5],
]


def tell(f, *a, **k):
    try:
        r = f(*a, **k)
        return f"{r!r}:{type(r).__name__}"
    except Exception as e:
        return f"{type(e).__name__} {e}"


for numbers in LISTS:
    views = [numbers, tuple(numbers), dict(enumerate(numbers)).values(), OrderedDict(enumerate(numbers)).values(), iter(numbers)]
    print([tell(sum, v) for v in views])
    views[-1] = iter(numbers)
    print([tell(max, v) for v in views])
    views[-1] = iter(numbers)
    print([tell(min, v) for v in views])
    print(tell(sum, numbers, 5), tell(sum, numbers, 0.5), tell(sum, numbers, -0.0), tell(sum, numbers, 2 ** 62 - 1), tell(sum, numbers, True))
for keys in ({3, 1, 2}, frozenset({2.5, 0.5}), {1: "a", 5: "b"}, {1: 0, 5: 0}.keys(), {1: 2}.items(), Counter("abca").values(), Counter("abca"), {2 ** 62, 2 ** 61}, {1, 2.5}):
    print(tell(sum, keys), tell(max, keys), tell(min, keys))
print(tell(sum, [[1], [2]], []), tell(sum, ["a"]), tell(sum, ["a"], ""), tell(sum, b"ab"), tell(sum, b"ab", 2.5), tell(sum, 5), tell(max, 5), tell(max, []),
      tell(max, {}, default=3), tell(min, {}.values()))
d = {i: i for i in range(10)}
for k in list(d)[::2]:
    del d[k]
print(sum(d), sum(d.values()), max(d), min(d.values()), sorted(d), list(d), list(d.values()), list(d.items()))
n = 2 ** 100
print(max([1.5, 2.5], [2.5]), max(1.5, 2.5, 2), min(1.5, 1), max([n, 1.5]), max([1.5, n]), sum([n, 1.5]))


class D(dict):
    def __iter__(self):
        return iter([100])

    def values(self):
        return [200]


class L(list):
    def __iter__(self):
        return iter([300])


print(sum(D(a=1)), sum(D(a=1).values()), max(D(a=1)), sum(dict.values(D(a=1))), sum(L([1])), max(L([1.5])))
dd = defaultdict(float, a=1.5, b=2.5)
print(sum(dd.values()), max(dd.values()), sorted(dd), list(dd.values()))


class Owner:
    def __init__(self):
        self.a, self.b = 1, 2.5


o = Owner()
print(sum(vars(o).values()), max(vars(o).values()), sorted(vars(o)), list(vars(o).values()))
del o.a
print(sum(vars(o).values()), list(vars(o)), list(vars(o).items()))
