"""The Mandelbrot set as text: complex numbers."""
import sys


def escape(c, limit):
    z = 0j
    for i in range(limit):
        z = z * z + c
        if abs(z) > 2.0:
            return i
    return limit


size = int(sys.argv[1])
total = 0
for y in range(size):
    for x in range(size):
        total += escape(complex(2.0 * x / size - 1.5, 2.0 * y / size - 1.0), 50)
print(total)
