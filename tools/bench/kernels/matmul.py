"""A product of square matrices: lists of lists of floats, the inner loop over indices."""
import sys


def matrix(n, seed):
    unit = seed / n / n
    return [[unit * (i - j) * (i + j) for j in range(n)] for i in range(n)]


def product(a, b):
    n = len(a)
    columns = [[b[j][i] for j in range(n)] for i in range(n)]
    result = []
    for i in range(n):
        row = a[i]
        sums = [0.0] * n
        for j in range(n):
            column = columns[j]
            total = 0.0
            for k in range(n):
                total += row[k] * column[k]
            sums[j] = total
        result.append(sums)
    return result


n = int(sys.argv[1])
c = product(matrix(n, 1.0), matrix(n, 2.0))
print(f"{c[n // 2][n // 2]:.9f}")
