# RUN: krait run -O2 %s | diff %s.out -
# Products, quotients, roots, texts of long numbers, around the lengths at which the algorithms change.
import math
import random
import sys
import zlib

sys.set_int_max_str_digits(0)
random.seed(3)


def numbers(bits):
    """Random, sparse, and at the edges of powers of two."""
    yield random.getrandbits(bits) | 1 << bits - 1
    yield (1 << bits) - 1
    yield 1 << bits - 1
    yield (1 << bits - 1) + 1
    n = 1 << bits - 1
    for _ in range(3):
        n ^= 1 << random.randrange(bits)
    yield n
    n = 0
    for _ in range(6):
        length = random.randrange(1, bits)
        n = n << length | random.choice([0, (1 << length) - 1])
    yield n >> max(n.bit_length() - bits, 0)


def digest(n):
    data = n.to_bytes(n.bit_length() // 8 + 1, 'little', signed=True)
    return zlib.crc32(data)


def fold(seen, n):
    return (seen * 31 + digest(n)) % (1 << 61)


sizes = [30, 63, 64, 65, 127, 128, 129, 200, 500, 512, 1791, 1792, 1793, 2560, 3840, 5000, 7679, 7681, 10240, 20000, 40000]
seen = {name: 0 for name in ('mul', 'square', 'div', 'mod', 'sqrt', 'gcd', 'text', 'hex', 'pow', 'true', 'hash')}
for bits in sizes:
    for other in (20, 64, 128, bits // 3, bits // 2, bits * 2 // 3, bits - 1, bits, bits + 64):
        if other < 2:
            continue
        for a, b in zip(numbers(bits), numbers(other)):
            p = a * b
            seen['mul'] = fold(seen['mul'], p)
            for x, y in ((p, b or 1), (p - 1, b or 1), (a, b or 1), (-a, b or 1), (p + a // 2, -(a or 1))):
                q, r = divmod(x, y)
                assert q * y + r == x and abs(r) < abs(y), (x, y)
                seen['div'] = fold(seen['div'], q)
                seen['mod'] = fold(seen['mod'], r)
            if bits <= 20000:
                seen['gcd'] = fold(seen['gcd'], math.gcd(p, a * (b + 7)))
            try:
                seen['true'] = fold(seen['true'], hash(p / (a or 1)))
            except OverflowError:
                seen['true'] = fold(seen['true'], 1)
    for a in numbers(bits):
        s = a * a
        seen['square'] = fold(seen['square'], s)
        for n in (s, s - 1, s + 1, s + 2 * a, s + 2 * a + 1, a):
            if n >= 0:
                root = math.isqrt(n)
                assert root * root <= n < (root + 1) ** 2
                seen['sqrt'] = fold(seen['sqrt'], root)
        if bits <= 20000:
            text = str(a)
            seen['text'] = zlib.crc32(text.encode(), seen['text'])
            assert int(text) == a
        seen['hex'] = zlib.crc32(hex(a).encode(), seen['hex'])
        assert int(hex(a), 16) == a and int(oct(a), 8) == a and int(bin(a), 2) == a
        seen['hash'] = fold(seen['hash'], hash(a))
        if bits <= 2560:
            for m in (a | 1, a & ~1 | 2, 1 << bits, -a - 1):
                seen['pow'] = fold(seen['pow'], pow(a + 3, a >> 1, m))
                seen['pow'] = fold(seen['pow'], pow(3, 10 ** 20 + bits, m))
for name, value in seen.items():
    print(name, value)


def inBase(n, base):
    digits = ''
    while n:
        n, r = divmod(n, base)
        digits = '0123456789abcdefghijklmnopqrstuvwxyz'[r] + digits
    return digits or '0'


for base in range(2, 37):
    for bits in (70, 900, 9000):
        n = random.getrandbits(bits)
        assert int(inBase(n, base), base) == n
n = random.getrandbits(300000)
assert int(str(n)) == n
text = '9' * 50000
assert int(text) == 10 ** 50000 - 1 and str(10 ** 50000 - 1) == text
assert str(10 ** 30000) == '1' + '0' * 30000
# Products by transforms, proven modulo primes.
for bits in (150000, 200000, 333333, 700000):
    a, b = random.getrandbits(bits), random.getrandbits(bits - 77)
    for m in (2 ** 61 - 1, 10 ** 9 + 7, 2 ** 89 - 1, 2 ** 64 - 59):
        assert a * b % m == (a % m) * (b % m) % m
        assert a * a % m == (a % m) ** 2 % m
    assert (a * b) // a == b and (a * b + 5) % a == 5
    assert ((1 << bits) - 1) ** 2 == (1 << 2 * bits) - (1 << bits + 1) + 1
print([digest(math.factorial(n)) for n in (*range(25), 100, 101, 1000, 5000)])
print([digest(math.comb(n, k)) for n, k in ((64, 32), (100, 3), (1000, 500), (5000, 77), (10 ** 30, 5), (2 ** 64 - 1, 4), (2 ** 64, 40))])
print([digest(math.perm(n, k)) for n, k in ((64, 0), (64, 1), (100, 33), (1000, 999), (10 ** 30, 5), (2 ** 64 - 1, 4), (2 ** 64 + 3, 9))])
print(math.gcd(0, 2 ** 70), math.gcd(-2 ** 70, 0), math.gcd(2 ** 70, 6), math.lcm(2 ** 70, 2 ** 65 * 3))
