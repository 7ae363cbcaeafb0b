"""All ways to put n queens on a board: recursion, sets of ints, generators."""
import sys


def place(n, row, columns, rising, falling):
    if row == n:
        yield tuple(columns)
        return
    for c in range(n):
        if c not in columns and row + c not in rising and row - c not in falling:
            columns.append(c)
            rising.add(row + c)
            falling.add(row - c)
            yield from place(n, row + 1, columns, rising, falling)
            falling.discard(row - c)
            rising.discard(row + c)
            columns.pop()


n = int(sys.argv[1])
solutions = list(place(n, 0, [], set(), set()))
print(len(solutions), solutions[0], solutions[-1])
