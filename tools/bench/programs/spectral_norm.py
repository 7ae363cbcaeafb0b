"""The spectral norm of an infinite matrix: float loops, comprehensions, zip."""
import math
import sys


def a(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(v):
    return [sum(a(i, j) * c for j, c in enumerate(v)) for i in range(len(v))]


def times_transposed(v):
    return [sum(a(j, i) * c for j, c in enumerate(v)) for i in range(len(v))]


n = int(sys.argv[1])
u = [1.0] * n
for _ in range(10):
    v = times_transposed(times(u))
    u = times_transposed(times(v))
print(f"{math.sqrt(sum(x * y for x, y in zip(u, v)) / sum(y * y for y in v)):.9f}")
