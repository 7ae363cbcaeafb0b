# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
#
# Subscripts that are tuples, of classes whose methods unpack them: the tuple is made only where somebody could see it.
import array
import traceback


def show(error):
    print(*[(frame.name, frame.lineno, frame.line) for frame in traceback.extract_tb(error.__traceback__)], repr(error))


class Noisy:
    def __init__(self, name):
        self.name = name

    def __index__(self):
        return 1

    def __del__(self):
        print("del", self.name)


class Grid:
    def __init__(self, width, height, rows):
        self.width = width
        self.height = height
        self.rows = rows
        self.last = None

    def place(self, x, y):
        if 0 <= x < self.width and 0 <= y < self.height:
            return y * self.width + x
        raise IndexError("outside")

    def __getitem__(self, key):
        x, y = key
        return self.rows[self.place(x, y)]

    def __setitem__(self, key, value):
        x, y = key
        self.rows[self.place(x, y)] = value


def smooth(grid, rounds):
    total = 0.0
    for _ in range(rounds):
        for x in range(1, grid.width - 1):
            for y in range(1, grid.height - 1):
                grid[x, y] = (grid[x - 1, y] + grid[x, y - 1]) * 0.25 + grid[x, y]
                total += grid[x, y]
    return total


print(smooth(Grid(9, 8, [0.5] * 72), 3), smooth(Grid(9, 8, array.array("d", [0.25]) * 72), 3))


def fill(grid, value, n):
    for i in range(n):
        grid[i, 0] = value


for kind, value in (("d", 3), ("d", True), ("i", 7), ("i", 2.5), ("b", 300), ("d", "text"), ("i", True), ("Q", -1), ("f", 1e60), ("q", 1 << 63)):
    grid = Grid(4, 2, array.array(kind, [0] * 8))
    try:
        fill(grid, value, 3)
        print(kind, value, list(grid.rows))
    except Exception as error:
        print(kind, value, type(error).__name__, error, list(grid.rows))
for row in ([0] * 8, (0,) * 8, bytearray(8), {0: 1, 1: 2, 2: 3}, "a" * 8):
    grid = Grid(4, 2, row)
    try:
        fill(grid, 5, 4)
    except Exception as error:
        print(type(error).__name__, error)
    print(row)


def ask(grid, keys):
    for key in keys:
        try:
            x, y = key
            print(grid[x, y], end=" ")
        except Exception as error:
            print(type(error).__name__, error, end=" ")
    print()


grid = Grid(3, 2, list("abcdef"))
ask(grid, [(0, 0), (2, 1), (3, 0), (-1, 0), (True, 1), (0.0, 1), (None, 1), (1 << 70, 0), ("0", 0), (float("nan"), 0), (Noisy("index"), 1)])


def wrong_length(grid):
    for key in (1, 2, 3), (1,), [1, 1], "ab", 5, (0, 1):
        try:
            print(grid[key])
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)
    try:
        return grid[1, 1, 1]
    except ValueError as error:
        show(error)


wrong_length(grid)


class Keeping:
    def __init__(self):
        self.last = None
        self.count = 0

    def __getitem__(self, key):
        a, b = key
        self.last = key
        return b

    def __setitem__(self, key, value):
        self.last = key
        self.count = value


def keep(keeping, n):
    seen = []
    for i in range(n):
        keeping[i, i + 1]
        seen.append(keeping.last)
        keeping[i, n] = i
        seen.append(keeping.last)
    return seen


print(keep(Keeping(), 3))


class Same:
    def __init__(self):
        self.calls = 0

    def __getitem__(self, key):
        self.calls += 1
        return key


def same(obj, n):
    made = []
    for i in range(n):
        made.append(obj[i, i])
    return made, obj.calls


print(same(Same(), 3))


def dying(keeping):
    keeping[Noisy("left"), Noisy("right")]
    print("looked")
    keeping[Noisy("first"), 1] = 2
    print("stored", keeping.count)
    keeping[1, 2]
    print("replaced")


dying(Keeping())


class Cell:
    def __init__(self, grid, name):
        self.grid = grid
        self.name = name

    def __del__(self):
        print("gone", self.name, self.grid.width)
        self.grid.width += 1


def replace(grid, n):
    for i in range(n):
        grid[i, 0] = Cell(grid, i)
    for i in range(n):
        grid[i, 0] = i
    return grid.width


print(replace(Grid(5, 1, [None] * 5), 3))


def rebound(grid, n):
    out = []
    for i in range(n):
        if i == 2:
            Grid.__getitem__ = lambda self, key: ("other", key)
        if i == 4:
            del Grid.__getitem__
            Grid.__class_getitem__ = None
        try:
            out.append(grid[i % 3, 1])
        except TypeError as error:
            out.append(str(error))
    return out


original = Grid.__getitem__
print(rebound(grid, 6))
Grid.__getitem__ = original


class Trace(Grid):
    def place(self, x, y):
        return len(traceback.extract_stack()) * 0 + super().place(x, y)


print(smooth(Trace(6, 6, [1.0] * 36), 2))


def deep(grid, x, y):
    return grid[x, y]


for x in range(2, 5):
    try:
        print(deep(grid, x, 1))
    except IndexError as error:
        show(error)
