# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Ints of 64 bits, which hashes, generators of random numbers and boards compute with, and what is computed modulo 2**64: masked by
# constants, globals, variables, and left where a number is negative, larger, or none at all.
import sys

MASK = (1 << 64) - 1
NOT_A, NOT_H = 0xFEFEFEFEFEFEFEFE, 0x7F7F7F7F7F7F7F7F


def lcg(x, rounds):
    s = 0
    for _ in range(rounds):
        x = (x * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        s ^= x >> 33
    return x, s


def fnv(data):
    h = 0xCBF29CE484222325
    for b in data:
        h ^= b
        h = h * 0x100000001B3 % 2**64
    return h


def in_two_steps(data, h=14695981039346656037):
    for b in data:
        h ^= b
        h *= 0x100000001B3
        h &= 0xFFFFFFFFFFFFFFFF
        h = h << 7 ^ b
        h = h % 2**64
    return h


def splitmix(state):
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


def rotl(x, n):
    return ((x << n) | (x >> (64 - n))) & MASK


class Xoshiro:
    def __init__(self, seed):
        source = splitmix(seed)
        self.s = [next(source) for _ in range(4)]

    def next(self):
        s = self.s
        result = (rotl((s[1] * 5) & MASK, 7) * 9) & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 45)
        return result


def murmur(k):
    k = (k * 0xCC9E2D51) & 0xFFFFFFFF
    k = ((k << 15) | (k >> 17)) & 0xFFFFFFFF
    return (k * 0x1B873593) % 2**32


def king(b):
    a = b | ((b << 1) & NOT_A) | ((b >> 1) & NOT_H)
    return (a | (a << 8) | (a >> 8)) & MASK


def squares(b):
    found = []
    while b:
        low = b & -b
        found.append(low.bit_length() - 1)
        b &= b - 1
    return found


def board(places):
    b = 0 & MASK
    for n in places:
        b |= 1 << n
    return b


def inverted(x, n):
    x &= MASK
    for i in range(n):
        x = ~x & MASK
        x = -x & MASK
        x = (x ^ ~i) & MASK
    return x


class Boards:
    def __init__(self):
        self.stones = [0, 0]

    def put(self, square, colour):
        self.stones[colour] ^= 1 << square

    def neighbours(self, colour):
        b = self.stones[colour]
        wide = b | (b << 1) & NOT_A | (b >> 1) & NOT_H
        return (wide | wide << 8 | wide >> 8) & ~b & MASK


def compared(limit, n):
    x, larger, equal = 0x9E3779B97F4A7C15, 0, 0
    for i in range(n):
        x = (x * 3 + i) & MASK
        if x > limit:
            larger += 1
        if x >= 1 << 63 or x == limit:
            equal += 1
        if x < i:
            larger -= 1
    return larger, equal


def divided(n):
    x, out = 0xFFFFFFFFFFFFFFFF, []
    for i in range(1, n):
        x = (x * 31 + i) & MASK
        out.append((x % 1000003, x // 3, x // (i << 40), x % (x >> 1 | 1), x % -7, x // -5))
    return out[-2:], len(out)


def by_variable(a, b, mask, rounds):
    for _ in range(rounds):
        a = (a * b + 12345) & mask
    return a


# Not what was expected.
def grown(x, n):
    for i in range(n):
        x = (x & MASK) + i
        x = x * 3
    return x


def negative(n):
    x = 1 & MASK
    for i in range(n):
        x = x - (1 << 61) if i % 3 else x & MASK
    return x


class Half:
    def __add__(self, other):
        return self

    def __and__(self, other):
        return ["and", other]


class Odd(int):
    def __mul__(self, other):
        return Half()


class Loud:
    def __mul__(self, other):
        return Half()


def step(x):
    return (x * 6364136223846793005 + 3) & MASK


def failing(values):
    h, done = 0xCBF29CE484222325, []
    try:
        for v in values:
            h = ((h ^ v) * 0x100000001B3 + v) & MASK
            done.append(h)
    except TypeError as e:
        done.append(str(e))
    return h, done


def kept(n):
    x, seen = 0x8000000000000000, {}
    for i in range(n):
        x = (x * 2862933555777941757 + 3037000493) & MASK
        seen[x] = i
        if i == n - 1:
            return x, seen[x], x in seen, float(x), str(x), hex(x), f"{x:#020x}", x.bit_length(), x.to_bytes(8, "big"), (x, -x), x / 2**64, divmod(x, 1 << 32)


def deep(x, a, b, c):
    return ((((x + a) * b - c) << 3) ^ ((x * x * x) << 40) | (x & 0xF0F0F0F0F0F0F0F0)) & MASK


print(lcg(88172645463325252, 1000), lcg(0, 3), lcg(-5, 4))
print(fnv(b"the quick brown fox" * 20), fnv([255, 0, 2**63, 2**64 + 1, -1]))
print(in_two_steps(b"lazy dog" * 9), in_two_steps([1, True, 2**70, -4]), in_two_steps([3, 2], 2**64), in_two_steps([3], -1))
try:
    in_two_steps([1, 2.0])
except TypeError as e:
    print(e)
source = splitmix(42)
print([next(source) for _ in range(4)])
random = Xoshiro(7)
print([random.next() for _ in range(5)])
print([murmur(k) for k in (0, 1, 0xFFFFFFFF, 0xDEADBEEF)])
print([hex(king(1 << n)) for n in (0, 7, 9, 56, 63)])
print(squares(0x8000000000000001), squares(king(1 << 63)), squares(2**100 + 4), board([0, 5, 61, 62, 63]), board([3, 64, 70]))
boards = Boards()
for square in (0, 9, 63, 62, 0, 61, 27):
    boards.put(square, square & 1)
print(boards.stones, [hex(boards.neighbours(colour)) for colour in (0, 1)])
boards.put(80, 0)
print(boards.stones, boards.neighbours(0))
print(inverted(5, 50), inverted(2**64 - 1, 3), inverted(-1, 2))
print(compared(1 << 62, 200), compared(0x9E3779B97F4A7C15 * 3 & MASK, 200), compared(-3, 20), compared(2.5e18, 200))
print(divided(30))
print(by_variable(3, 0x5DEECE66D, (1 << 48) - 1, 100), by_variable(3, 5, MASK, 100), by_variable(-3, 5, -1, 3), by_variable(7, 2**40, 2**70 - 1, 40))
print(grown(MASK, 5), negative(9))
print(step(Odd(3)), step(True), step(-1), step(2**64), step(2**200))
try:
    step(1.5)
except TypeError as e:
    print(e)
print(step(Loud()))
print(failing([1, 2, 3]), failing([1, 2, 2.5, 4]), failing([1, None]))
print(kept(50))
print([deep(x, 3, 0xFFFFFFFF, 2**63) for x in (0, 1, 2**62, 2**63 + 9, MASK)])
if sys.getsizeof(MASK) > 0:
    MASK = (1 << 32) - 1
print(step(12345), rotl(1, 40), king(1 << 20))
MASK = "no number"
try:
    step(3)
except TypeError as e:
    print(e)


def moves(mine, theirs):
    mine, theirs, found = mine & ((1 << 64) - 1), theirs & ((1 << 64) - 1), 0
    empty = ~(mine | theirs)
    for shift in (1, 7, 8, 9):
        x = (mine >> shift) & 0x7F7F7F7F7F7F7F7F & theirs
        x |= (x >> shift) & 0x7F7F7F7F7F7F7F7F & theirs
        found |= (x >> shift) & empty
        found |= (mine << shift) & 0xFEFEFEFEFEFEFEFE & -theirs
    return found, empty


print(moves(0x8100000810000081, 0x0000001008000000), moves(-1, 2**70 + 5), moves(0, 0))
