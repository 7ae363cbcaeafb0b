# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# `x in range(…)`, of which no range is made: numbers, what is no number, other steps, and where the name means something else.
import builtins
import traceback


def board(x, y):
    return x in range(8) and y in range(8)


def between(x, a, b):
    return x in range(a, b), x not in range(a, b)


def stepped(x, a, b, c):
    return x in range(a, b, c)


def counted(numbers, low, high):
    inside = 0
    for n in numbers:
        if n in range(low, high):
            inside += n
        if n * 2 in range(high):
            inside += 1
        if n not in range(-high, 0):
            inside += 2
    return inside


class Own(int):
    pass


class Equal:
    def __init__(self, to):
        self.to = to

    def __eq__(self, other):
        print("asked", other)
        return other == self.to


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        print("index", self.n)
        return self.n

    def __del__(self):
        print("gone", self.n)


print([board(x, y) for x in (-1, 0, 7, 8) for y in (0, 8)])
print([between(x, a, b) for x in (-2, 0, 3, 2**70, -(2**70)) for a, b in ((0, 3), (-5, 4), (4, 1), (0, 2**80), (-(2**75), 1))])
print([stepped(x, a, b, c) for x in (0, 1, 2, 9, -3) for a, b, c in ((0, 10, 3), (9, -4, -3), (0, 2**65, 2), (5, 5, 1))])
print([x in range(4) for x in (1.0, 1.5, True, False, 3.0, 4.0, "1", None, (1,), Own(2), Own(5), float("nan"), 2 + 0j)])
print(counted(range(-10, 30), 3, 12), counted([1.0, 2.0, 11, 2**66, True], 1, 5))
print(counted([2**62 - 1, 2**62, -(2**62)], -(2**62), 2**62 - 1))
print(Equal(2) in range(4), Equal(9) in range(2))
print(Index(3) in range(4))
print(3 in range(Index(4)), 5 in range(Index(1), Index(9), Index(2)))
print([True in range(True + 1), 0 in range(False), 1 in range(False, True + True)])


def failing(f):
    try:
        f()
    except Exception:
        print(traceback.format_exc().replace(__file__, "in-range.py"), end="")


def no_number():
    n = 2.5
    return 1 in range(
        n)


def no_step():
    return 1 in range(0,
                      5, 0)


def unequal():
    class Bad:
        def __eq__(self, other):
            raise ValueError("not this")
    bad = Bad()
    return (bad in
            range(3))


failing(no_number)
failing(no_step)
failing(unequal)


def changed(n):
    return n in range(5), n in range(1, 5)


print(changed(4))
kept = builtins.range
builtins.range = lambda *a: [a, 4]
print(changed(4), changed((5,)), changed(1))
builtins.range = kept
print(changed(4))
range = None
try:
    changed(4)
except TypeError as e:
    print(e)
del range
print(changed(4), changed(5))
