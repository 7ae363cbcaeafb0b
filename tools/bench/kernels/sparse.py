"""A sparse matrix times a vector: items whose indices are items."""
import sys


def times(values, rows, columns, x, y, rounds):
    for _ in range(rounds):
        for r in range(len(rows) - 1):
            total = 0.0
            for i in range(rows[r], rows[r + 1]):
                total += x[columns[i]] * values[i]
            y[r] = total


n = int(sys.argv[1])
each = 5
rows = [r * each for r in range(n + 1)]
columns = [(r * 17 + k * k * 31) % n for r in range(n) for k in range(each)]
values = [(i % 23) / 23 for i in range(n * each)]
x = [(i % 7) / 7 for i in range(n)]
y = [0.0] * n
times(values, rows, columns, x, y, int(sys.argv[2]))
print(f"{sum(y):.9f}")
