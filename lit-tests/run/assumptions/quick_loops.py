# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
"""Loops whose ways without a call are copied: what was taken out of them is asked again once something has been called."""
import sys
from array import array


class Grid:
    def __init__(self, w, h):
        self.width = w
        self.height = h
        self.data = array("d", [0.0]) * (w * h)

    def _idx(self, x, y):
        if 0 <= x < self.width and 0 <= y < self.height:
            return y * self.width + x
        raise IndexError((x, y))

    def __getitem__(self, at):
        x, y = at
        return self.data[self._idx(x, y)]

    def __setitem__(self, at, v):
        x, y = at
        self.data[self._idx(x, y)] = v


class Rows(Grid):
    def __init__(self, w, h):
        self.width = w
        self.height = h
        self.data = [array("d", [0.0]) * w for _ in range(h)]

    def __getitem__(self, at):
        if isinstance(at, tuple):
            return self.data[at[1]][at[0]]
        return self.data[at]

    def __setitem__(self, at, v):
        if isinstance(at, tuple):
            self.data[at[1]][at[0]] = v
        else:
            self.data[at] = v


def relax(g, rounds, hook=None):
    for r in range(rounds):
        for y in range(1, g.height - 1):
            for x in range(1, g.width - 1):
                if hook is not None and (r, x, y) == (1, 3, 3):
                    hook(g)
                g[x, y] = 0.25 * (g[x, y - 1] + g[x, y + 1] + g[x - 1, y] + g[x + 1, y])


def total(g):
    s = 0.0
    for y in range(g.height):
        for x in range(g.width):
            s += g[x, y] * (x + 1)
    return round(s, 9)


def fill(g):
    for k in range(g.width):
        g[k, 0] = 1.0 + k
        g[k, g.height - 1] = 2.0 * k


for make in (Grid, Rows):
    g = make(9, 8)
    fill(g)
    relax(g, 5)
    print(make.__name__, total(g), sys.getrefcount(g), sys.getrefcount(g.data))


# What a call in the loop changes is seen by the next iteration.
def slower(g):
    plain = Grid.__getitem__
    Grid.__getitem__ = lambda self, at: plain(self, at) + 0.5


def listed(g):
    g.data = [int(v) for v in g.data]


def narrow(g):
    g.width = 5


def hidden(g):
    g._idx = lambda x, y: 0


original = Grid.__getitem__
for hook in (slower, listed, narrow, hidden):
    g = Grid(9, 8)
    fill(g)
    try:
        relax(g, 4, hook)
        print(hook.__name__, total(g))
    except IndexError as e:
        print(hook.__name__, "IndexError", e)
    Grid.__getitem__ = original


# A global and a builtin that are rebound by what the loop calls.
def weigh(values, at, change):
    s = 0
    for n in range(len(values)):
        if n == at:
            change()
        s += abs(values[n]) * FACTOR
    return s


def rebind():
    global FACTOR
    FACTOR = 100


def shadow():
    global abs
    abs = lambda v: v


FACTOR = 3
values = [(-1) ** n * n for n in range(40)]
print(weigh(values, 1000, rebind), weigh(values, 20, rebind))
FACTOR = 3
print(weigh(values, 20, shadow))
del abs
print(weigh(values, 1000, shadow))


# A list that gets shorter in the loop; items of other classes; counts are what they were.
def sums(rows, shorten):
    s = 0.0
    for n in range(6):
        row = rows[n % len(rows)]
        if n == 3 and shorten:
            rows.pop()
        s += row[n] * rows[0][0]
    return s


rows = [array("d", range(3, 11)), array("d", range(1, 9)), array("d", range(2, 10))]
print(sums(rows, False), sums(rows, True), [sys.getrefcount(r) for r in rows])
rows[1] = [n for n in range(8)]
print(sums(rows, False))
rows[0] = (7, 8, 9, 10, 11, 12)
print(sums(rows, False))
try:
    rows[1] = [1, 2]
    print(sums(rows, False))
except IndexError as e:
    tb = e.__traceback__
    while tb.tb_next:
        tb = tb.tb_next
    print("IndexError", e, tb.tb_frame.f_locals["n"], tb.tb_frame.f_locals["s"])


# The moment of destruction.
class Loud:
    def __init__(self, n):
        self.n = n
        self.weight = float(n)

    def __del__(self):
        print("del", self.n)


def drain(boxes):
    s = 0.0
    for n in range(len(boxes)):
        s += boxes[n].weight
        if n % 2:
            boxes[n] = boxes[0]
    print("sum", s)


drain([Loud(n) for n in range(5)])
print("end")


# Several such loops in one function, one of which is all that is left of its blocks.
def several(xs, ys, ps):
    s, c, i, a, b = (0, 0, 0, 1, 2)
    try:
        for a, b, q in zip(ys, ys, ys):
            pass
    except Exception as err:
        print(type(err).__name__)
    for q in ps:
        a = min(min(i, s), c + ys[i % 3])
    for x in xs:
        c += x
        if c > 5:
            break
    return a, b, c


print(several([1, 2, 3, 4], ["abc", (4, 5, 6)], []))
try:
    several([], [(1, 2, 3)], [1])
except TypeError as e:
    print(e)
print(several([1, 2, 3], [7, 8, 9], [1, 2]))
