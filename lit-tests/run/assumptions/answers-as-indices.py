# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a comparison answers as an index: of lists and tuples it is 0 or 1, what is none of these sees the bool, or whatever else was answered.


class Shown:
    def __getitem__(self, k):
        return repr(k)

    def __setitem__(self, k, v):
        self.stored = k, v


class Odd:
    def __init__(self, answer):
        self.answer = answer

    def __gt__(self, other):
        return self.answer


def by_number(n, c):
    total = 0
    for i in range(n):
        print(c[i > 1])
        c[i > 1] = i
        total += i * 2
    return total


def by_anything(values, c):
    total = 0
    for i, v in enumerate(values):
        print(c[v > 1])
        c[v > 1] = i
        total += i
    return total


def counted(values):
    counts = [[0] * 4, [0] * 4]
    for i, v in enumerate(values):
        counts[v > 0][abs(v)] += i
    return counts, sum((3, 5)[v > 1] for v in values), "".join(".#"[v < 0] for v in values)


def odd(values):
    rows, total = [[1], [2], [3]], 0
    for i, v in enumerate(values):
        total += rows[v > 0][0] + i
        rows[v > 0] = [total]
    return total, rows


for container in (Shown(), {True: "t", False: "f"}, {0: 1, 1: 2}, [5, 6], bytearray(b"ab"), ["a", [1]]):
    print(globals()["by_number"](3, container), getattr(container, "stored", container))
    print(globals()["by_anything"]((0, 1.5, 2**70), container), getattr(container, "stored", container))
print(counted([1, -2, 3, 0, -1, 2.0 and 2]), counted([True, False]))
print(odd([1, -1, 0.5]), odd([Odd(2), Odd(-1), Odd(True), 1]))
for wrong in ("x", None, [], 3, 1.0):
    try:
        print(odd([1, Odd(wrong)]))
    except (TypeError, IndexError) as e:
        print(type(e).__name__, e)
