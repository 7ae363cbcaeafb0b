# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# any() and all() of what predicates answer, max() and min() of tuples, and builtin classes as the function of map() and as a key.
import sys
nan = float("nan")

class Truth:
    def __init__(self, answer):
        self.answer = answer
    def __bool__(self):
        print("asked", self.answer)
        if self.answer is None:
            raise ValueError("none")
        return self.answer

for function in any, all:
    for items in [], [False, 0, None, ""], [True, 1], [Truth(False), Truth(True), Truth(None)], [True, Truth(True), Truth(False), Truth(None)]:
        print(function(map(bool, items)) if all(not isinstance(i, Truth) for i in items) else function(iter(items)))
    try:
        print(function(iter([function is all, Truth(None)])))
    except ValueError as e:
        print(e)
rows = [(1, "b"), (1, "a"), (0, nan), (0, 1.5), (2,), (), (1, "a", None), (1, "a", [])]
for some in rows, rows[:4], rows[2:5], [(nan, 1), (nan, 0)], [((1, 2), 3), ((1, 1), 9)], [(1, 2), [1, 2]], [(1, None), (1, 2)]:
    for function in max, min:
        try:
            print(function(some), function(iter(some), key=len), function(some, key=str))
        except TypeError as e:
            print(e)
class Pair(tuple):
    def __lt__(self, other):
        return len(self) > len(other)
    __gt__ = __lt__
print(max(Pair("abc"), Pair("z"), Pair("")), min([Pair("abc"), ("z",)]), max((1, 2), (1, 2.0)))
first, second = (1, "same"), (1, "same")
print(max(first, second) is first, min(first, second) is first)
print(list(map(int, ["1", 2.9, True])), list(map(str, [1, None, "x"])), list(map(bool, [0, "x", []])), list(map(float, ["1e3", 2])), list(map(list, ["ab", ()])))
print(sorted(["10", "9", "1"], key=int), max([1, 20, 3], key=str), min("b", "a", key=bool), sorted([3, 1.5, True], key=float, reverse=True))
for function in int, float, str, bool, list, type:
    try:
        print(list(map(function, [b"12", "x", 3])))
    except (TypeError, ValueError) as e:
        print(e)
one = object()
before = sys.getrefcount(one)
list(map(bool, [one] * 5)), max([one], key=str), sorted([one], key=id), any(map(bool, iter([one]))), list(map(type, [one]))
print(sys.getrefcount(one) == before)
