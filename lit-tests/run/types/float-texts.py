# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Texts of floats of one to seventeen digits and of all sizes: the shortest that mean them.
import random
import struct

r = random.Random(5)


def show(d):
    print(repr(d), str(-d))


for e in range(-6, 18):
    for n in (1, 2, 3, 5, 8, 13, 14, 15, 16, 17):
        show(float(f"{r.randrange(10**n)}e{e-n}"))
    for factor in (1.0, 1.5, 9.999999999999999, 9.99999999999999, 1.0000000000001):
        show(10.0**e * factor)
for _ in range(100):
    d = struct.unpack("<d", struct.pack("<Q", r.getrandbits(64)))[0]
    if d == d:
        show(d)
for _ in range(100):
    show(r.random())
    show(round(r.uniform(-1000, 1000), r.randrange(8)))
    show(r.randrange(1 << 50) / (1 << r.randrange(60)))
for d in (0.1, 0.2, 0.3, 0.1 + 0.2, 1e-4, 9.9999e-5, 0.00012345, 1e15, 1e16, 999999999999999.9, 99999999999999.99, 123456789012345.6, 0.5, 2.5, 1 / 3, 2 / 3, 1e22, 5e-324,
          1.7976931348623157e308, 4503599627370496.5, 2**52 + 0.5, 0.1234567890123456, 0.123456789012345):
    show(d)
