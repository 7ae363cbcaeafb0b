"""Ints of 64 bits: hashes, generators of random numbers, a board's key, powers modulo a large prime."""
import sys

MASK = (1 << 64) - 1


def fnv(data):
    h = 0xCBF29CE484222325
    for byte in data:
        h ^= byte
        h = (h * 0x100000001B3) & MASK
    return h


def murmur(data):
    h = 0
    for i in range(0, len(data) & ~3, 4):
        k = data[i] | data[i + 1] << 8 | data[i + 2] << 16 | data[i + 3] << 24
        k = (k * 0xCC9E2D51) & 0xFFFFFFFF
        k = ((k << 15) | (k >> 17)) & 0xFFFFFFFF
        h ^= (k * 0x1B873593) & 0xFFFFFFFF
        h = ((h << 13) | (h >> 19)) & 0xFFFFFFFF
        h = (h * 5 + 0xE6546B64) & 0xFFFFFFFF
    return h


def rotl(x, n):
    return ((x << n) | (x >> (64 - n))) & MASK


class Xoshiro:
    def __init__(self, seed):
        self.state = []
        for _ in range(4):
            seed = (seed + 0x9E3779B97F4A7C15) & MASK
            z = ((seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
            self.state.append(z ^ (z >> 31))

    def next(self):
        s = self.state
        result = (rotl((s[1] * 5) & MASK, 7) * 9) & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 45)
        return result


class Board:
    def __init__(self, random):
        self.keys = [[random.next() for _ in range(2)] for _ in range(64)]
        self.stones = [0, 0]
        self.key = 0

    def put(self, square, colour):
        self.stones[colour] ^= 1 << square
        self.key ^= self.keys[square][colour]

    def neighbours(self, colour):
        b = self.stones[colour]
        wide = b | (b << 1) & 0xFEFEFEFEFEFEFEFE | (b >> 1) & 0x7F7F7F7F7F7F7F7F
        return (wide | wide << 8 | wide >> 8) & ~b & MASK


def squares(b):
    n = 0
    while b:
        b &= b - 1
        n += 1
    return n


def power(base, exponent, modulus):
    result = 1
    while exponent:
        if exponent & 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result


def main(n):
    data = bytes(range(256)) * (n // 256)
    random = Xoshiro(n)
    board = Board(random)
    seen, free = set(), 0
    for i in range(n // 8):
        board.put(random.next() >> 58, i & 1)
        free += squares(board.neighbours(i & 1))
        seen.add(board.key)
    prime = (1 << 61) - 1
    print(fnv(data), murmur(data), random.next(), free, len(seen), sum(power(i, prime - 2, prime) for i in range(1, n // 256)))


main(int(sys.argv[1]))
