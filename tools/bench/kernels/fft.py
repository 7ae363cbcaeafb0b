"""A Fourier transform in place over one list of real and imaginary parts: shifts of indices, float items."""
import math
import sys


def reverse_bits(data, n):
    j = 0
    for i in range(n - 1):
        if i < j:
            a, b = 2 * i, 2 * j
            data[a], data[b] = data[b], data[a]
            data[a + 1], data[b + 1] = data[b + 1], data[a + 1]
        k = n >> 1
        while k <= j:
            j -= k
            k >>= 1
        j += k


def transform(data, direction):
    n = len(data) // 2
    reverse_bits(data, n)
    dual = 1
    while dual < n:
        wr, wi = 1.0, 0.0
        theta = direction * math.pi / dual
        s = math.sin(theta)
        t = math.sin(theta / 2.0)
        s2 = 2.0 * t * t
        for a in range(dual):
            if a:
                wr, wi = wr - s * wi - s2 * wr, wi + s * wr - s2 * wi
            for b in range(a, n, 2 * dual):
                i = 2 * b
                j = 2 * (b + dual)
                x, y = data[j], data[j + 1]
                re = wr * x - wi * y
                im = wr * y + wi * x
                data[j] = data[i] - re
                data[j + 1] = data[i + 1] - im
                data[i] += re
                data[i + 1] += im
        dual *= 2


n = 1 << int(sys.argv[1])
data = [((i * 7919) % 1009) / 1009 for i in range(2 * n)]
for _ in range(int(sys.argv[2])):
    transform(data, -1.0)
    transform(data, 1.0)
    data = [x / n for x in data]
print(f"{data[3]:.9f} {data[-1]:.9f}")
