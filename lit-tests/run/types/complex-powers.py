# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# Constant whole powers of complex numbers, in loops on raw numbers, too: signs of zeros, infinities, what is too large.
import hashlib, random
r = random.Random(11)
parts = [0.0, -0.0, 1.0, -1.0, 0.5, -3.25, 1e-300, 1e200, -1e154, 5e-324, float('inf'), float('-inf'), float('nan')]


def powers(zs, out):
    for z in zs:
        w = z + 0
        out.append((w ** 1, w ** 2, w ** 3))
        out.append((w ** 5, w ** 15, w ** 16, w ** 0))


def powers_of(a, b):
    z = complex(a, b)
    out = []
    for n in (-2, -1, 0, 1, 2, 3, 15, 16, 100, 101):
        try:
            out.append(z ** n)
        except (OverflowError, ZeroDivisionError) as e:
            out.append(str(e))
    return out


def inplace(z):
    w = z * 1
    w **= 2
    w **= 3
    return w


def orbit(c):
    z = 0j
    n = 0
    while abs(z) <= 2 and n < 50:
        z = z ** 2 + c
        n += 1
    return n, z


def late(zs):
    n = 0
    try:
        for z in zs:
            w = z ** 3
            n += 1
    except OverflowError as e:
        return n, w, e


out = []
zs = [complex(r.uniform(-3, 3), r.uniform(-3, 3)) for _ in range(300)] + [complex(a, b) for a in parts[:6] for b in parts[:6]]
powers(zs, out)
for z in zs[:40]:
    out.append(inplace(z))
    out.append(orbit(z / 3))
for a in parts:
    for b in parts:
        out.append((a, b, powers_of(a, b)))
print(hashlib.md5(repr(out).encode()).hexdigest(), len(out))
print(late([1j, 2 + 1j, complex(1e200, 0), 3j]))
print(orbit(-0.1 + 0.65j), orbit(2 + 2j))
for x in (2, 2.5, True, 'z'):
    try:
        print(inplace(x), [x ** 2, x ** 3])
    except TypeError as e:
        print(e)
