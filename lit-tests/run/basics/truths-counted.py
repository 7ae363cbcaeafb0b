# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# True and False computed with: added to what is counted, ints of all sizes, other numbers, what has a say of its own, what overflows, bits, and comparisons.
from fractions import Fraction
import operator


class Own(int):
    def __add__(self, other):
        return f"own + {other}"

    def __radd__(self, other):
        return f"{other} + own"


def add(a, b):
    return a + b


def grow(a, b):
    a += b
    return a


BIG = (1 << 62) - 1
for a in (0, -1, 41, BIG, -BIG - 1, 1 << 70, 1.5, True, False, 2j, Fraction(1, 3), Own(3)):
    print([(add(a, b), type(add(a, b)).__name__, grow(a, b) == add(a, b)) for b in (True, False)])
print(add(5, Own(True)), grow(5, Own(True)), add(True, Own(2)))
for a in ("text", None, [1], (1,)):
    for f in (add, grow):
        try:
            print(f(a, True))
        except TypeError as e:
            print(e)


def found(words, letters):
    count = 0
    for w in words:
        count += w in letters
    return count, sum(w in letters for w in words), sum(map(letters.__contains__, words))


print(found("hello", "help"), found(["a", "b"], {"a": 1}), found([(1, 2), (3, 4)], {(3, 4)}))
total = BIG
total += total > 5
print(total, sum([True] * 3), sum((x > 1 for x in range(4)), BIG - 1))


def sign(x):
    return (x > 0) - (x < 0)


def subtract(a, b):
    c = a - b
    a -= b
    return c, a


def multiply(a, b):
    c = a * b
    a *= b
    return c, a


def bits(a, b):
    c, d, e = a & b, a | b, a ^ b
    f = g = h = a
    f &= b
    g |= b
    h ^= b
    return c, d, e, f, g, h


def compare(a, b):
    return "".join("FT"[x] for x in (a < b, a <= b, a == b, a != b, a > b, a >= b)), [i for i in range(2) if a < b] == [0, 1], 1 if a == b else 0


VALUES = (True, False, 0, 1, 2, -1, -2, BIG, -BIG - 1, 1 << 64, 1.0, 0.5, Own(1))
for a in VALUES:
    for b in (True, False):
        print(a, b, sign(a), subtract(a, b), subtract(b, a), multiply(a, b), multiply(b, a), compare(a, b), compare(b, a))
        if a not in (1.0, 0.5) or type(a) is not float:
            print("   ", bits(a, b), bits(b, a), operator.and_(a, b), operator.ixor(b, a))
for operate in (operator.and_, operator.or_, operator.xor, operator.sub, operator.lt, operator.ior):
    for a, b in ((True, 1.5), ("a", True), (None, False), ({1}, True)):
        try:
            print(operate(a, b))
        except TypeError as e:
            print(e)


def number(image):
    index = 0
    for cell in image:
        index <<= 1
        index |= cell
    valid = True
    for cell in image:
        valid &= cell or index > 5
    return index, valid


print(number([True, False, True]), number([False, True, True, False]), number([1, True, 0]), number([]))
