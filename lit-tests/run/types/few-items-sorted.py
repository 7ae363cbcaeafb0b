# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Sorting a few small ints or characters, and what looks like these: bools and large ints among them, texts of one character of their own,
# subclasses, equal items that are not the same, lists that are being sorted.
import itertools


class Number(int):
    def __repr__(self):
        return f"N{int(self)}"


class Letter(str):
    def __lt__(self, other):
        return str(self) > str(other)


for n in range(6):
    for items in itertools.product((-2, 0, 1, 3), repeat=n):
        expected = []
        for item in items:
            at = len([x for x in expected if x <= item])
            expected.insert(at, item)
        assert sorted(items) == expected and sorted(items, reverse=True) == expected[::-1]
        own = list(items)
        own.sort()
        assert own == expected
for n in range(30):
    numbers = [i * 37 % 29 - 14 for i in range(n)]
    assert sorted(numbers) == sorted(numbers, key=lambda x: x) == list(reversed(sorted(numbers, reverse=True)))
print(sorted([4611686018427387903, -4611686018427387904, 0, 4611686018427387904, -5]), sorted([2**70, 1, -2**70]))
print(sorted([True, 0, 1, False]), sorted([True, 0, 1, False], reverse=True), sorted([Number(2), 2, Number(1), 1]))
print(sorted([1, 1.0, True, 0.5]), sorted([2, 1.5]), sorted([float("inf"), 3, -1]))
print(sorted(["b", "a", "c"]), sorted(["b", "aa", "c", ""]), sorted(["\xff", "\x00", "a"]), sorted(["\u0101", "b", "\xff"]))
print(sorted([Letter("a"), Letter("b"), Letter("c")]), sorted(["b", "a"], key=None, reverse=True))
print(sorted(["a", "B", "c"], key=str.lower), sorted([3, 1, 2], key=lambda x: -x))
for mixed in ([1, "a"], ["a", 1], [1, None], [None, None], [1j, 2], ["a", b"a"]):
    try:
        print(sorted(mixed))
    except TypeError as e:
        print(e)
print(sorted([None]), sorted([]), sorted((2, 1)), sorted({3, 1, 2}), sorted({"b": 1, "a": 2}), sorted(range(3, 0, -1)))
busy = [2, 1, 3]


def key(x):
    busy.sort()
    print("meanwhile", busy)
    return x


busy.sort(key=key)
print(busy)


def append(x):
    changed.append(0)
    return x


changed = [3, 1, 2]
try:
    changed.sort(key=append)
except ValueError as e:
    print(e, changed)
kept = [object(), 5]
kept.pop(0)
kept += [4, 3]
kept.sort()
print(kept)
