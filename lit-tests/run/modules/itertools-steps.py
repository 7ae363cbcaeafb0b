# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Iterators of itertools that step through lists and tuples where they stand: these may grow, shrink and end meanwhile.
import itertools
import math
import operator
from itertools import accumulate, chain, compress, count, cycle, dropwhile, filterfalse, islice, starmap, takewhile, tee, zip_longest


def take(n, it): return [x for x, _ in zip(it, range(n))]


def growing(make):
    items = [1, 2, 3]
    it, seen = make(items), []
    for x in it:
        seen.append(x)
        if len(seen) < 6: items.append(len(seen) * 10)
        if len(seen) > 20: break
    items.append("late")
    return seen, list(it)


for make in (lambda a: chain(a, (7, 8)), lambda a: compress(a, [1, True, "x", 0, None, [], 1, 1, 1, 1]), lambda a: islice(a, 1, None, 2), accumulate, lambda a: filterfalse(lambda x: x == 2, a),
             lambda a: takewhile(lambda x: x != 40, a), lambda a: dropwhile(lambda x: x < 3, a), lambda a: zip_longest(a, "ab"), lambda a: tee(a)[0]):
    print(growing(make))

print(list(chain([], (), "ab", [1], {2: 3}, (x for x in (4, 5)), range(2))))
items = [1, 2]
it = chain(items, [3])
print(next(it), items.clear(), list(it), list(it))


class Noisy:
    def __del__(self): print("dies")
def once():
    yield Noisy()
    yield 2
it = chain([Noisy()], once())
for _ in it: print("step")
del _
it = compress([Noisy(), Noisy(), 1], iter((0, 1, 1)))
print(type(next(it)).__name__, list(it))

class Ends:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if not self.n: raise StopIteration
        if self.n == 99: raise KeyError("in step")
        self.n -= 1
        return self.n
for make in (chain, lambda a: islice(a, 5), lambda a: compress(a, a), accumulate, cycle, lambda a: zip_longest(a, [1]), lambda a: filterfalse(None, a)):
    print(take(7, make(Ends(3))))
    try: take(7, make(Ends(99)))
    except KeyError as e: print("KeyError", e)

# Sums beyond words, and of what is no int.
big = 2 ** 61 - 1
print(list(accumulate([big, big, big, big, -big])), list(accumulate(["a", "b"])), list(accumulate([True, True, 2])), list(accumulate([1, 2.5])), list(accumulate([1, 2], initial=5)))
print(take(3, count(2 ** 62 - 2)), take(3, count(-2 ** 62, -1)), take(3, count(True)), take(3, count(1, 0.5)), take(2, count(2 ** 63)))

# starmap calls with as many arguments as there are.
def gather(*a): return a
print(list(starmap(gather, [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), [1, 2], "ab", range(2)])))
for bad in ([5], [None]):
    try: list(starmap(gather, bad))
    except TypeError as e: print(e)
try: list(starmap(lambda a: a, [(1, 2)]))
except TypeError as e: print(e)
class Starred(tuple):
    def __iter__(self): return iter("xyz")
print(list(starmap(gather, [Starred((1, 2))])))

print([math.factorial(n) for n in (0, 1, 2, 12, 19, 20, 21, 22)])
print([(a, b, a ** b == math.prod([a] * b), pow(a, b)) for a in (-3, -2, -1, 0, 1, 2, 3, 10) for b in (0, 1, 2, 5, 61, 62, 63, 64)])
print(2 ** 61, 2 ** 62, 2 ** 63, (-2) ** 61, (-2) ** 62, (-2) ** 63, (-2) ** 64, 3 ** 39, 3 ** 40, (2 ** 31) ** 2, (2 ** 32) ** 2, 2 ** -1, pow(2, -1, 7))
print(math.dist((1,) * 9, (3,) * 9), math.dist((), ()), math.hypot(*range(12)), math.hypot(), math.dist([1, 2], (3.5, 4)))

# isinstance() by hooks that are builtins, and others.
class Meta(type): pass
class Made(metaclass=Meta): pass
class Says(type):
    def __instancecheck__(cls, o): return o == 5
    __subclasscheck__ = operator.is_
class Said(metaclass=Says): pass
print([isinstance(o, c) for o in (5, "s", Made(), Said, None) for c in (Made, Said, int | str, int | None, str | Made, (int | str, Made))])
print([issubclass(c, d) for c in (int, bool, Made, Said) for d in (Made, int | str, (str, int | None))])
for f in (lambda: isinstance(5, int | list[int]), lambda: isinstance([], int | list[int]), lambda: issubclass(5, int | str), lambda: issubclass(int, Said)):
    try: print(f())
    except TypeError as e: print(e)
print(str.maketrans("ab", "cd"), "x".maketrans("a", "b"), bytes.maketrans(b"a", b"b")[97:98], [str.maketrans({"k": 1}) for _ in range(2)])
