# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Two classes answer g[x, y]: of one it is a float, of the other a float or a row. A factor of a float is taken for a number.
from array import array


class Flat:
    def __init__(self, w, h):
        self.width = w
        self.height = h
        self.data = array('d', [0.5]) * (w * h)

    def __getitem__(self, key):
        x, y = key
        if 0 <= x < self.width and 0 <= y < self.height:
            return self.data[y * self.width + x]
        raise IndexError(key)

    def __setitem__(self, key, v):
        x, y = key
        self.data[y * self.width + x] = v


class Rows(Flat):
    def __init__(self, w, h):
        self.width = w
        self.height = h
        self.data = [array('d', [0.25]) * w for y in range(h)]

    def __getitem__(self, key):
        if isinstance(key, tuple):
            return self.data[key[1]][key[0]]
        return self.data[key]

    def __setitem__(self, key, v):
        if isinstance(key, tuple):
            self.data[key[1]][key[0]] = v
        else:
            self.data[key] = v


class Odd(Flat):
    def __getitem__(self, key):
        return [1.0] if key == (1, 1) else 3


def relax(g, omega):
    for y in range(1, g.height - 1):
        for x in range(1, g.width - 1):
            g[x, y] = omega * 0.25 * (g[x, y - 1] + g[x, y + 1] + g[x - 1, y] + g[x + 1, y]) + (1.0 - omega) * g[x, y]
    return g[1, 1]


def rows(g):
    return g[0] + g[1]


for g in (Flat(5, 5), Rows(5, 5), Flat(3, 3), Odd(4, 4), Rows(4, 4)):
    try:
        for _ in range(3):
            print(type(g).__name__, relax(g, 1.25))
    except TypeError as e:
        print(type(g).__name__, e)
print(rows(Rows(2, 2)))
try:
    print(relax(Flat(2, 9), 1.0), relax(Rows(1, 1), 1.0))
except IndexError as e:
    print("IndexError", e)
