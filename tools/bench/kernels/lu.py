"""LU factorisation with partial pivoting: rows that change places, a list of ints beside lists of floats."""
import sys


def factor(a, pivots):
    n = len(a)
    for j in range(n):
        best = j
        most = abs(a[j][j])
        for i in range(j + 1, n):
            x = abs(a[i][j])
            if x > most:
                most = x
                best = i
        pivots[j] = best
        if a[best][j] == 0.0:
            raise ZeroDivisionError("the matrix is singular")
        if best != j:
            a[j], a[best] = a[best], a[j]
        inverse = 1.0 / a[j][j]
        for i in range(j + 1, n):
            a[i][j] *= inverse
        top = a[j]
        for i in range(j + 1, n):
            row = a[i]
            x = row[j]
            for k in range(j + 1, n):
                row[k] -= x * top[k]


n = int(sys.argv[1])
a = [[((i * i * 7 + j * 13 + i * j) % 97) / 97 + (i == j) for j in range(n)] for i in range(n)]
pivots = [0] * n
factor(a, pivots)
print(f"{sum(a[i][i] for i in range(n)):.9f} {sum(pivots)}")
