# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Operators on ints around the borders of words, as variables whose kind is not known; pow() by a modulus of a word; digits.
import hashlib
import random

random.seed(2)
borders = [0, 1, 2, 3, 7, 10, 255, 2**31, 2**32 - 1, 2**32, 2**61, 2**62 - 1, 2**62, 2**63 - 1, 2**63, 2**64 - 1, 2**64, 10**18, 10**19, 10**19 - 1,
           10**38, 10**60 + 7, 2**200 - 1, 10**300 + 1]


class Int(int):
    def __radd__(self, other):
        return "Int.__radd__"

    def __rmod__(self, other):
        return "Int.__rmod__"


def number():
    n = random.choice(borders + [random.randrange(10**random.randrange(1, 40))])
    return random.choice([n, n, -n, n + 1, n - 1, n > 5, Int(n)])


def all_of(a, b):
    r = [a + b, a - b, a * b, a < b, a <= b, a == b, a != b, a > b, a >= b]
    if b:
        r += [a // b, a % b]
    else:
        for f in (lambda: a // b, lambda: a % b):
            try:
                f()
            except ZeroDivisionError as e:
                r.append(str(e))
    c = a
    c += b
    d = a
    d -= b
    e = a
    e *= b
    return r + [c, d, e, type(c).__name__, type(d).__name__]


digest = hashlib.sha256()
for i in range(4000):
    a, b = number(), number()
    digest.update(repr(all_of(a, b)).encode())
    if i % 500 == 0:
        print(a, b, all_of(a, b)[:4], digest.hexdigest()[:16])

for i in range(3000):
    base, exponent, modulus = number(), abs(int(number())) >> random.choice([0, 40, 100]), number()
    if exponent.bit_length() > 400 or not modulus:
        continue
    digest.update(repr((pow(base, exponent, modulus), pow(int(base) % 97, exponent, 2**31 - 1))).encode())
print(pow(7, 0, 1), pow(7, 0, 5), pow(-7, 3, 10), pow(7, 3, -10), pow(0, 0, 3), pow(3, -1, 7), pow(True, 5, 3), pow(2, 2**61, 2**61 - 1), digest.hexdigest()[:16])
for a in ((2, 3, 0), (2, -1, 4), (2, 1.5, 3)):
    try:
        print(pow(*a))
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)

for digits in list(range(1, 60)) + [100, 800, 1000, 4000]:
    for n in (10**digits - 1, 10**digits, 10**digits + 1, random.randrange(10**digits)):
        s = str(n)
        digest.update(s.encode() + repr(-n).encode() + f"{n:,}".encode() + b"%d" % n)
        if int(s) != n:
            print("differs", n)
print(str(2**64), str(10**19), str(10**38 + 10**19), digest.hexdigest())

for n in (0, 1, -1, 127, 128, 255, 256, -128, -129, 65535, 2**31, -2**31, 2**32, 2**55, 2**56 - 1, -2**55, 2**62 - 1, 2**62, -2**62, 2**63 - 1, 2**63, -2**63, 2**64):
    row = []
    for size in (0, 1, 2, 3, 4, 7, 8, 9, 16):
        for order in ("little", "big"):
            for signed in (False, True):
                try:
                    row.append(n.to_bytes(size, order, signed=signed).hex())
                except OverflowError as e:
                    row.append(str(e)[0:12])
    print(n, hashlib.md5(repr(row).encode()).hexdigest(), row[8:12])
for s in ([1, "a"], (1, "a"), "ab", b"ab"):
    for k in (0, 1, 3, -2, True):
        print(s * k, k * s)
for s in ([0], "a", (None,), b"x"):
    for k in (2**61, 1.5, None, 2**70):
        try:
            print(len(s * k))
        except (MemoryError, OverflowError, TypeError) as e:
            print(type(e).__name__, e)

# Bools and instances of subclasses among them.
import operator
class Sub(int): pass
mixed = (True, False, Sub(0), Sub(-7), Sub(2**62), Sub(-2**64), Sub(2**127 + 1), Sub(2**140), 2**63, -2**100, 2**128 - 1)
digest = []
for name in ("add", "sub", "mul", "floordiv", "mod", "and_", "or_", "xor"):
    for a in mixed:
        for b in mixed:
            try: r = getattr(operator, name)(a, b)
            except ZeroDivisionError as e: r = str(e)
            digest.append((type(r).__name__, r))
for a in mixed:
    for n in (True, False, Sub(5), 63, 64, 127, 128): digest.append((a << n, a >> n, type(a << n).__name__))
import zlib
print(len(digest), zlib.crc32(repr(digest).encode()))
print(digest[::97])
