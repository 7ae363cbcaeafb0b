# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# Logarithms and angles in loops over numbers, and of what is none, too large, or outside of what they are defined for.
import math
from math import log, radians
def f(n):
    t = 0.0
    for i in range(1, n):
        t += math.log(i) + math.log2(i * 0.5) + math.log10(i) + math.degrees(i) + radians(i) + math.fabs(-i) + log(i)
    return t
def attempt(g, *a):
    try: return g(*a)
    except Exception as e: return type(e).__name__, str(e)
def g(xs):
    t = 0.0
    for x in xs:
        t += math.log(x) + math.log2(x) - math.log10(x)
    return t
def h(x): return math.fabs(x) + math.radians(x) + math.degrees(x) + math.log(x, 2)
print(f(100000), g([1.5, 2, 10**30, True, 0.1]), attempt(g, [1.5, 0.0]), attempt(g, [-1]), attempt(g, [math.nan]), attempt(g, [math.inf]), attempt(g, ["a"]))
for x in (1.5, 2, -3.5, -0.0, 2**62, 2**70, math.inf, math.nan, "a", 1e308, -1): print(attempt(h, x), attempt(math.fabs, x), attempt(math.degrees, x), attempt(math.radians, x))
