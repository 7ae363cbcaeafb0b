# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# math.gcd of numbers that fit a word and of some that do not, against Euclid's algorithm.
from math import gcd, lcm
import random


def euclid(a, b):
    while b:
        a, b = b, a % b
    return abs(a)


random.seed(5)
edges = [0, 1, -1, 2, 2**61, 2**62 - 1, 2**62, -(2**62), 2**63, 2**64 - 1, 3 * 2**60, 6, 9973, -300]
for a in edges:
    print([gcd(a, b) for b in edges], all(gcd(a, b) == euclid(a, b) for b in edges))


def some():
    return random.choice((random.randrange(-100, 100), random.randrange(-(2**62), 2**62), random.randrange(2**66), random.randrange(2**40) << 20))


pairs = [(some(), some()) for _ in range(3000)]
print(all(gcd(a, b) == euclid(a, b) and lcm(a, b) * gcd(a, b) == abs(a * b) for a, b in pairs))
print(gcd(), gcd(4), gcd(12, 18, 8), gcd(True, 2), gcd(False, 0))
for wrong in ((1.0, 2), ("a", 1), (2, None)):
    try:
        gcd(*wrong)
    except TypeError as e:
        print(e)

print([gcd(a, b) for a in (0, 1, -1, 2**62, -(2**62)) for b in (0, 1, -1, 7, 2**61, 2**62, -(2**62), 2**64)])
