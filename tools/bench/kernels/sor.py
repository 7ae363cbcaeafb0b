"""Successive over-relaxation on a grid: items of neighbouring rows."""
import sys


def relax(grid, omega, steps):
    quarter = omega * 0.25
    rest = 1.0 - omega
    height = len(grid)
    width = len(grid[0])
    for _ in range(steps):
        for i in range(1, height - 1):
            above = grid[i - 1]
            row = grid[i]
            below = grid[i + 1]
            for j in range(1, width - 1):
                row[j] = quarter * (above[j] + below[j] + row[j - 1] + row[j + 1]) + rest * row[j]


n = int(sys.argv[1])
grid = [[((i * 31 + j * 17) % 101) / 101 for j in range(n)] for i in range(n)]
relax(grid, 1.25, int(sys.argv[2]))
print(f"{grid[n // 2][n // 3]:.9f} {sum(sum(row) for row in grid):.6f}")
