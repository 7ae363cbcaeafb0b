# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Tuples whose first items are equal are told apart by the next that differ: texts, numbers, and what has an order of its own.
nan = float("nan")


class Word(str):
    def __lt__(self, other):
        print("<", str(self), str(other))
        return str.__gt__(self, other)


class Key:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        print("==", self.n, other.n)
        return self.n // 2 == other.n // 2

    def __lt__(self, other):
        print("<", self.n, other.n)
        return self.n < other.n

    def __repr__(self):
        return f"Key({self.n})"


def shuffled(items):
    items = list(items)
    return [items[i * 7 % len(items)] for i in range(len(items))]


print(sorted(shuffled([(i % 3, "n%d" % (i * 5 % 9)) for i in range(20)])))
print(sorted(shuffled([(1, "a" * (i % 4), i) for i in range(20)])))
print(sorted(shuffled([(1, t) for t in ("é", "z", "", "Ω", "ab", "a", "\U0001f600", "zz", "é", "ÿ")])))
print(sorted(shuffled([(0, i % 2 == 0, -i / 2) for i in range(10)])))
print(sorted(shuffled([("k", (i % 3, "x" * (i % 2))) for i in range(10)])))
print(sorted(shuffled([(1, 2.5), (1, 2), (1, 2.25), (1, True), (1,), (1, 10**30), (1, -(10**30)), (1, 2.0, 0)])))
print(sorted([(1, nan), (1, 2.0), (1, nan), (1, 1.0)]))
print(sorted([(1, Word(t)) for t in ("b", "a", "c")]))
print(sorted([(1, Key(n)) for n in (5, 4, 1, 2)]))

class Point(tuple):
    pass


class Odd(tuple):
    def __lt__(self, other):
        return tuple.__gt__(self, other)


class Later:
    """Its comparison gives a class of tuples another one while they are sorted."""

    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        if self.n == 3:
            Point.__lt__ = lambda a, b: print("Point.__lt__") or tuple.__lt__(a, b)
        return self.n < other.n

    def __repr__(self):
        return f"Later({self.n})"


print(sorted(Point(p) for p in shuffled([(i % 3, "n%d" % (i * 5 % 9), i) for i in range(20)])))
print(sorted([Point((1, 2)), Point(()), Point((1,)), Point((1, 1.5)), Point((0, nan)), Point(("a",)[:0])]))
print(sorted(Odd(p) for p in ((1, 2), (3, 4), (2, 0))))
print(sorted(shuffled([[i % 3, "n%d" % (i * 5 % 9)] for i in range(20)]), reverse=True))
print(sorted([[1, [2, [3]]], [1, [2, [1]]], [1, []], [], [1, [2, 0]][:1]]))
print(sorted([[1, Key(4)], [1, Key(1)], [0, Key(9)]]))
print(sorted(Point((1, Later(n))) for n in (5, 2, 4, 3, 1)))
print(sorted([Point((1, 2)), Point((1, 1))]))
for bad in ([Point((1, "a")), Point((1, 2))], [[1, None], [1, 2]], [(1, "a"), (1, 2), (1, None)], [(1, None), (1, None)], [(1, 1j), (1, 2j)], [(1, b"a"), (1, "a")]):
    try:
        print(sorted(bad))
    except TypeError as e:
        print(e)
