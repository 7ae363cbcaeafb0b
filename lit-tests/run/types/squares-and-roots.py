# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# x ** 2 and x ** 0.5 are pow()'s, which is not always the double nearest to the true value.
import math
import random

def in_a_loop(numbers):
    squares, roots, cubes = 0.0, 0.0, 0.0
    differing = 0
    for x in numbers:
        square = x ** 2
        squares += square
        roots += abs(x) ** 0.5
        cubes += x ** 3
        if square != x * x:
            differing += 1
        if square != math.pow(x, 2.0) or square != pow(x, 2):
            print('not the same', x)
    return squares.hex(), roots.hex(), cubes.hex(), differing

r = random.Random(4)
print(in_a_loop([r.uniform(-10, 10) for _ in range(20000)]))
print(in_a_loop([r.uniform(1e-170, 1e-140) for _ in range(2000)]))
print(in_a_loop([1.203904046807543, 0.0, -0.0, 1e-200, 5e-324, 1e90, -1e100]))

def distance(a, b):
    return ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5

print(sum(distance((i / 7, i / 3), (i / 11, 1)) for i in range(3000)).hex())
for x in 2.0, -2.0, 0.0, -0.0, math.inf, -math.inf, math.nan, 1e200, 3, -3, 10 ** 30, True:
    for y in 2, 2.0, 0.5:
        try:
            print(x, y, x ** y, math.pow(x, y))
        except (OverflowError, ValueError) as e:
            print(x, y, type(e).__name__, e)
