# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Loops over ranges whose version is left and entered again, where the general body has a range of another step than the text says,
# no range at all, or one that ended.
import builtins


def up(values, n):
    seen = []
    total = 0
    for i in range(n):
        total += values[i]
        if i % 3 == 0:
            seen.append(i)
    return total, seen


def down(values, n):
    total = 0
    for i in range(n, -1, -3):
        total = total * 2 + values[i]
    return total


def turned(values, n):
    total = 0
    for i in reversed(range(n)):
        total = total * 3 + values[i]
    return total


def turned_between(values, n):
    total = 0
    for i in reversed(range(2, n)):
        total = total * 3 + values[i]
    return total


def either(values, n, step):
    total = 0
    for i in range(0, n, step):
        total = total * 3 + values[i]
    for i in range(n):
        total += values[i]
    return total


def nested(rows):
    total = 0
    for i in range(len(rows)):
        for j in range(len(rows[i]) - 1, -1, -1):
            total = total * 2 + rows[i][j]
        for j in range(1, len(rows[i]), 2):
            total += rows[i][j]
    return total


class Odd:
    """Not a number that the loop expects."""

    def __init__(self, n):
        self.n = n

    def __radd__(self, other):
        return other + self.n

    __rmul__ = __radd__


plain = list(range(1, 20))
broken = [1, 2.5, Odd(3), True, 2**70, *range(40, 55)]
for values in (plain, broken, plain):
    print(up(values, 17), down(values, 17), turned(values, 16), turned_between(values, 16))
    print(either(values, 17, 2), either(values, 16, 5), either(values, 0, 7))
print(nested([plain, plain[:3], [], [7]]), nested([[1, 2.5, 3], [2**80, 5], [Odd(1), 2]]))


class Range:
    """What the name `range` means for a while: another step, then something that is no range."""

    def __new__(cls, *arguments):
        cls.calls += 1
        if cls.calls % 3 == 0:
            return iter(list(real(*arguments)))
        return real(*arguments[:2], 2) if len(arguments) == 2 else real(0, arguments[0], 2) if len(arguments) == 1 else real(*arguments)

    calls = 0


real = range
builtins.range = Range
try:
    for values in (plain, broken):
        for _ in (1, 2, 3):
            print(up(values, 17), down(values, 17), either(values, 17, 3), nested([values[:4]]))
finally:
    builtins.range = real
print(up(plain, 17), down(plain, 17))
total = 0
for i in range(0, 19, 4):
    total = total * 2 + broken[i]
    for j in reversed(range(i)):
        total += plain[j]
print(total)


def ends(values, n):
    """An error in the middle: the iterator goes with the frame."""
    for i in range(n, 0, -2):
        try:
            values[i] + 1
        except (IndexError, TypeError) as e:
            print(i, type(e).__name__)
    return i


print(ends([1, 2, "x", 3, None, 5], 9))
