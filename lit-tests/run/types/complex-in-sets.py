# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Complex numbers as keys: beside ints and floats that equal them, with NaNs, infinities and signed zeros, of derived classes, and where they die.
import gc


class Place(complex):
    def __del__(self):
        print("gone", complex(self))


nan = float("nan")
odd = complex(nan, 1)
print(hash(3 + 0j) == hash(3) == hash(3.0), hash(0.5 + 0j) == hash(0.5), hash(-1 + 0j), hash(0j), hash(-1j), hash(complex(2**61 - 1, 0)))
print(hash(complex(float("inf"), 0)) == hash(float("inf")), hash(complex(0, float("-inf"))) == 1000003 * hash(float("-inf")))
print(hash(odd) == hash(odd), odd in {odd}, odd in {complex(nan, 1)}, len({odd, complex(nan, 1), odd}))
places = {complex(x, y) for x in range(-2, 3) for y in range(-2, 3)}
near = 0
for p in places:
    for d in (1, -1, 1j, -1j, 0.5, True):
        near += p + d in places
print(len(places), near, 1 in places, 1.0 in places, True in places, 2**70 in places, "1" in places, -0.0 in places, complex(-0.0, 0.0) in places)
grid = {complex(x, y): x * y for x in range(4) for y in range(4)}
grid[2] = "two"
grid[2.0 + 0j] = "again"
print(grid[2], grid.get(1j), grid.pop(3 + 3j), grid.get(3 + 3j), 2 + 0j in grid, len(grid))
own = {Place(1, 2): 5}
print(own[1 + 2j], 1 + 2j in own)
del own
numbers = [complex(i, -i) for i in range(2000)]
total = sum(numbers)
del numbers[::2]
gc.collect()
print(total, len(numbers), sum(n * n for n in numbers[:50]))
