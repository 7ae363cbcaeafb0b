# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Floats as keys: hashes of every kind of number, ints and floats that are equal, two zeros, and NaNs, which are themselves alone.
import math
import random

P = 2**61 - 1


def exact(x):
    n, d = x.as_integer_ratio()
    h = abs(n) * pow(d, -1, P) % P
    return h if x >= 0 else -2 if h == 1 else -h


ends = [0.0, 1.0, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, math.inf, 0.5, 0.1, 1 / 3, 1e16, 1e22, float(P), float(2 * P), 2.0**61, 2.0**-61]
for x in ends:
    print(x, hash(x), hash(-x), x == math.inf or exact(x) == hash(x))
random.seed(5)
total = 0
for i in range(20000):
    x = math.ldexp(random.random() - 0.5, random.randrange(-1074, 1024))
    total = (total * 31 + hash(x)) % P
    assert hash(x) == exact(x), x
print(total, hash(1.5 + 2.5j), hash((0.25, 1e300)))

quarters = {i * 0.25: i for i in range(2000)}
kept = set(quarters)
print(sum((i % 2500 * 0.25) in quarters for i in range(10000)), sum((i % 2500 * 0.25) in kept for i in range(10000)))
print(sum(i in quarters for i in range(1000)), sum(quarters.get(i * 0.125, 0) for i in range(5000)))
for i in range(0, 2000, 3):
    del quarters[i * 0.25]
    kept.discard(i * 0.25)
    quarters[i] = "int"
print(len(quarters), len(kept), quarters.get(3), quarters[600.0], quarters[1998], quarters.get(0.75), -0.0 in quarters, -0.0 in kept, quarters.pop(0.5), 0.5 in quarters, quarters.get(1.25))

nan = math.nan
made = float("nan")
d = {nan: 1, made: 2, math.inf: 3, -math.inf: 4}
print(d[nan], d[made], d[math.inf], d[-math.inf], d.get(float("inf")), float("nan") in d, len({nan, made, nan}))


class Loud(float):
    def __hash__(self):
        print("hash")
        return super().__hash__()

    def __eq__(self, other):
        print("eq", other)
        return super().__eq__(other)


table = {1.5: "a", 2: "b", 1e300: "c"}
print(table[Loud(1.5)], table.get(Loud(2.0)), Loud(7) in table, Loud(1e300) in {1e300})
print(True in {1.0}, 1 + 0j in {1.0}, 0j in {-0.0}, {1: "int", 1.0: "float", True: "bool"})
