# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# // and % of floats of all sizes, in loops on raw numbers, too.
import random, struct, sys
r = random.Random(5)
def rnd(k):
    if k == 0: return r.uniform(-10, 10)
    if k == 1: return float(r.randint(-1000, 1000))
    if k == 2: return struct.unpack('d', struct.pack('Q', r.getrandbits(64)))[0]
    if k == 3: return r.uniform(-1, 1) * 2.0 ** r.randint(-60, 60)
    if k == 4: return r.choice([0.1, 0.2, 0.3, 1.0, -1.0, 360.0, 1e-310, 5e-324, 1.7e308, float('inf'), -0.0, float('nan'), 3.0, 1/3])
    return r.randint(-10**6, 10**6) * 0.1
def pairs(n):
    for i in range(n):
        yield rnd(r.randrange(6)), rnd(r.randrange(6))
h = 0
def check(a, b):
    return a // b, a % b, divmod(a, b)
def raw(xs, ys):
    s = []
    for i in range(len(xs)):
        a = xs[i] * 1.0; b = ys[i] * 1.0
        s.append(a // b); s.append(a % b)
    return s
import hashlib
m = hashlib.md5()
xs = []; ys = []
for a, b in pairs(6000):
    if b == 0: continue
    xs.append(a); ys.append(b)
    m.update(repr(check(a, b)).encode())
m.update(repr(raw(xs, ys)).encode())
for a, b in zip(xs, ys):
    q = r.randint(1, 2**40)
    c = b * q
    m.update(repr(check(c, b)).encode())
    m.update(repr((7 // b, 7 % b, a // 7, a % 7, True % b)).encode())
print(m.hexdigest())
def z(x):
    s = 0.0
    for i in range(3):
        try: s += x % (1.0 - i * 0.5)
        except ZeroDivisionError as e: print(e)
        try: s += x // (1.0 - i * 0.5)
        except ZeroDivisionError as e: print(e)
    return s
print(z(7.25))
def mix2(n):
    s = 0.0
    for i in range(n): s += i / 3; s *= 0.5
    return s
print(mix2(100))
