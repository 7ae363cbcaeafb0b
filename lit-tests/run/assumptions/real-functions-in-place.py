# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Functions of math of two floats, and those that make ints of floats, in loops over numbers and of what is none; and other functions by their names.
import math
from math import floor, atan2, hypot as length, trunc
def f(n):
    t = 0.0
    for i in range(n):
        x = i * 0.37 - 50
        t += math.hypot(x, 3) + math.atan2(x, i) + math.fmod(x, 2.5) + math.copysign(2, x) + math.pow(x, 2) + length(x, x) + math.remainder(x, 3)
    return t
def g(n):
    t = 0
    for i in range(n):
        x = i * 0.37 - 50
        t += math.floor(x) + math.ceil(x) * 2 + math.trunc(x) * 3 + floor(x / 2) + trunc(-x) + floor(i)
    return t
def tiles(points, size):
    seen = {}
    for x, y in points:
        k = math.floor(x / size), math.floor(y / size)
        seen[k] = seen.get(k, 0) + 1
    return sorted(seen.items())
def attempt(g, *a):
    try: return g(*a)
    except Exception as e: return type(e).__name__, str(e)
def h(x, y): return math.hypot(x, y) + math.atan2(x, y), math.floor(x) + math.ceil(y), math.trunc(x), math.copysign(x, y)
def k(x, y): return math.fmod(x, y), math.pow(x, y), math.remainder(x, y)
class Own(float):
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __trunc__(self): return "trunc"
def whole(x): return math.floor(x), math.ceil(x), math.trunc(x)
print(f(20000), g(20000), tiles([(0.5, 1.5), (-0.5, 2), (3, 4.25), (1e20, 1)], 2))
for x, y in ((1.5, 2), (2, 1.5), (-0.0, 0.0), (0.0, -0.0), (1e300, 1e300), (1e-320, 3e-320), (2**60 + 1, 0.5), (2**61, 2**70), (0.5, math.inf), (math.nan, 1.0), (-8.0, 1 / 3), (0.0, -1.0), (1e308, 2.0), ("a", 1), (Own(2.5), 1.5)):
    print(attempt(h, x, y), attempt(k, x, y), attempt(whole, x))
math.floor = math.sqrt
math.hypot = math.pow
math.sqrt = math.ceil
def swapped(n):
    t = 0
    for i in range(n):
        t += math.floor(i * 0.5) + math.hypot(i, 2) + math.sqrt(i * 0.5)
    return t, math.floor(2.25), math.sqrt(2.25)
print(swapped(50))
