# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Complex numbers as keys of dicts and sets, and in tuples that are keys; hashes of whole floats.
nan = float("nan")
inf = float("inf")


class Same(complex):
    def __eq__(self, other):
        print("asked", complex(self))
        return complex.__eq__(self, other)

    __hash__ = complex.__hash__


def walk():
    grid = {complex(x, y): x * 10 + y for x in range(-3, 4) for y in range(-3, 4)}
    found = 0
    for p in grid:
        for d in (1, -1, 1j, -1j):
            if p + d in grid:
                found += grid[p + d]
            found -= grid.get(p - 2 * d, 1)
    return found, len(grid)


print(walk())
print([hash(complex(a, b)) for a in (0.0, -0.0, 1.0, -1.0, 2.5, inf, -inf, 1e300, 2.0**61, -(2.0**61) + 512) for b in (0.0, -0.0, -1.0, 3.0, -inf)])
print([hash(x) for x in (0.0, -0.0, -1.0, 1.0, 2.0**53, 2.0**59, 2.0**60, 2.0**61 - 256, 2.0**61, -(2.0**60), -(2.0**61), 2.0**62, 0.5, -0.5, 1e22, 5e-324, inf, -inf)])
d = {1: "int", 1.5: "float", 2j: "complex"}
print(d[1 + 0j], d[complex(1.5, 0)], d[complex(0, 2)], (2 + 0j) in d, complex(0.0, 2.0) in d, complex(-0.0, 2.0) in d)
n = complex(nan, 1)
s = {n, complex(nan, 1), 1j}
print(n in s, complex(nan, 1) in s, len(s), complex(0, 1) in s)
t = {(1j, "a"): 1, (2.0, 1.5): 2, (0.0, -0.0): 3, (Same(1j), 1): 4}
print(t[(complex(0, 1), "a")], t[(2, 1.5)], t[(0, 0)], t[(1j, 1)], (Same(1j), "a") in t)
print((1j, 2) == (1j, 2), (1j, 2) == (2j, 2), [1j] == [complex(0, 1)], [1j, nan] == [1j, nan], [n] == [n], [complex(nan, 1)] == [complex(nan, 1)])
print([1j, 2j].index(2j), [1j, 2j].count(1j), 3j in [1j, 2j], 1j in (1, Same(1j)))
try:
    print(sorted([(1j, 2), (1j, 1)]))
    print(sorted([(1j, 2), (2j, 1)]))
except TypeError as e:
    print(e)
