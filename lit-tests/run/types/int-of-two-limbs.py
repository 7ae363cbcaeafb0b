# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait run -O2 --observe identity %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Operators on ints about the sizes where they change: immediate, one limb, two limbs, more. A checksum of all pairs; and the generators
# of random numbers that are written with them.
EDGES = [0, 1, 2, 3, 7, 2**31, 2**61 - 1, 2**61, 2**62 - 1, 2**62, 2**62 + 1, 2**63 - 1, 2**63, 2**64 - 1, 2**64, 2**64 + 1, 3**50, 2**126 - 1, 2**126,
         2**127 - 1, 2**127, 2**127 + 1, 2**128 - 1, 2**128, 2**128 + 1, 2**191, 3**90]
EDGES += [-x for x in EDGES[1:]]


class Number(int):
    pass


def fold(sum, x):
    return (sum * 1000003 ^ x) % (2**89 - 1)


def operators(a, b):
    yield a + b
    yield a - b
    yield a * b
    yield a & b
    yield a | b
    yield a ^ b
    yield -a
    yield ~a
    if b:
        yield a // b
        yield a % b
        q, r = divmod(a, b)
        assert q * b + r == a and abs(r) < abs(b) and (not r or (r < 0) == (b < 0)), (a, b, q, r)
    for n in (0, 1, 5, 62, 63, 64, 65, 127, 128, 129, 200):
        yield a << n
        yield a >> n


for kind in (int, Number):
    total = 0
    for a in EDGES:
        for b in EDGES:
            for x in operators(kind(a), kind(b)):
                total = fold(total, x)
    print(kind.__name__, total)
print(True + 2**70, True & 2**70 + 1, 2**70 - True, 2**70 * False, 2**70 // True)
for a, b in ((2**64, 0), (5, 0), (2**200, 0)):
    try:
        a % b
    except ZeroDivisionError as e:
        print(e)


def lcg(s, n):
    for _ in range(n):
        s = (s * 6364136223846793005 + 1442695040888963407) % 2**64
    return s


def xorshift(s, n):
    for _ in range(n):
        s ^= s << 13 & 0xFFFFFFFFFFFFFFFF
        s ^= s >> 7
        s ^= s << 17 & 0xFFFFFFFFFFFFFFFF
    return s


def fnv(text):
    h = 0xCBF29CE484222325
    for c in text.encode():
        h = (h ^ c) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return h


print(lcg(1, 1000), xorshift(88172645463325252, 1000), fnv("the quick brown fox"))
