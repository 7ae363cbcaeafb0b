# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Shifts and bits of integers of all lengths around those of words, by operators and in place; what is left may be small.
import random

r = random.Random(7)
sizes = [1, 30, 61, 62, 63, 64, 65, 100, 127, 128, 129, 150, 191, 192, 193, 256, 300, 500, 2000]


def number():
    n = r.choice(sizes)
    k = r.randrange(4)
    v = ((1 << n) - 1, 1 << n, ((1 << n) - 1) ^ ((1 << (n // 2)) - 1), r.getrandbits(n))[k]
    v += r.choice((-1, 0, 0, 1))
    return v if r.random() < .6 else -v
h = 0


def mix(v):
    global h
    h = (h * 1000003 ^ hash(v) ^ v.bit_length()) & 0xFFFFFFFFFFFFFFFF


for i in range(4000):
    a, b = number(), number()
    if r.random() < .1:
        b = a + r.choice((-1, 0, 1))
    s = r.choice((0, 1, 5, 62, 63, 64, 65, 127, 128, 129, 200, 1000))
    for v in (a + b, a - b, b - a, a & b, a | b, a ^ b, a << s, a >> s, -a, ~a & b):
        mix(v)
    assert (a + b) - b == a and (a ^ b) ^ b == a and (a << s) >> s == a
    c = a
    c <<= s
    mix(c)
    c >>= s
    assert c == a
    c >>= s
    c &= b
    mix(c)
    c |= a
    mix(c)
    c ^= b
    mix(c)
    if i % 400 == 0:
        print(h, str(a + b)[:30])
print(h)
for bad in (lambda: 1 << -1, lambda: (1 << 300) >> -1, lambda: 5 >> -(1 << 90)):
    try:
        bad()
    except ValueError as e:
        print(e)
print(0 >> (1 << 90), -5 >> (1 << 90), (1 << 300) >> (1 << 90), True << 70, 70 >> True, 1 << True)
