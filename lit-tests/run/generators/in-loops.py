# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Loops over generators that nobody else gets hold of: the generator's body runs in the loop.
import traceback
import warnings


class Heard:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def pairs(items, add=0, *, times=1):
    for a, b in items:
        if a != b:
            yield a * times + add, b


def holding(n):
    first = Heard("first")
    for i in range(n):
        second = Heard(f"second {i}")
        yield i


def failing(n):
    mine = Heard("mine")
    for i in range(n):
        if i == 3:
            raise ValueError(i)
        yield i
    return mine


def stopping():
    yield 1
    raise StopIteration("by hand")


def total(n):
    t = 0
    for x in count(n):
        t += x
    return t


def two(n):
    t = 0
    for x in count(n):
        for y in count(x):
            if y == 4:
                break
            t += y
        else:
            t += 100
    return t


def early(n):
    for x in holding(n):
        print("got", x)
        if x == 2:
            break
    print("behind")


def returning(n):
    for x in holding(n):
        if x == 1:
            return Heard("result")


def raising(n):
    for x in holding(n):
        if x == 1:
            raise KeyError(x)


def caught(n):
    t = []
    for x in count(n):
        try:
            if x % 3 == 0:
                raise IndexError(x)
            t.append(x)
        except IndexError as e:
            t.append(str(e))
    return t


def of_pairs(items):
    t = []
    for a, b in pairs(items, 10):
        t.append(a - b)
    for a, b in pairs(items, times=3):
        t.append(a + b)
    for pair in pairs(items, add=1, times=2):
        t.append(pair)
    return t


def fails(n):
    t = 0
    for x in failing(n):
        t += x
    return t


def stops():
    for x in stopping():
        print("stopping", x)


class Grid:
    def __init__(self, w, h):
        self.w, self.h = w, h

    def near(self, x, y):
        for dx, dy in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            if 0 <= x + dx < self.w and 0 <= y + dy < self.h:
                yield x + dx, y + dy


class Torus(Grid):
    def near(self, x, y):
        return [((x + 1) % self.w, y), (x, (y + 1) % self.h)]


def walk(grid):
    t = 0
    for x in range(grid.w):
        for nx, ny in grid.near(x, 1):
            t += nx * 10 + ny
    return t


def floats(n):
    x = 0.5
    for i in range(n):
        yield x
        x = x * 1.5 + i


def of_floats(n):
    t = 0
    for x in floats(n):
        t += x
    return t


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def big(limit):
    last = 0
    for x in fib():
        if x > limit:
            return last
        last = x


def closed(k):
    def inner(n):
        for i in range(n):
            yield i * k
    t = []
    for x in inner(4):
        t.append(x)
    return t


def strings(text):
    word = ""
    for c in text:
        if c == " ":
            if word:
                yield word
            word = ""
        else:
            word += c
    if word:
        yield word


def words(text):
    counts = {}
    for w in strings(text):
        counts[w] = counts.get(w, 0) + 1
    return counts


def warned(n):
    for i in range(n):
        warnings.warn("in the generator", stacklevel=2)
        yield i


def of_warned():
    for x in warned(2):
        pass


def show(f, *args):
    try:
        print(f.__name__, f(*args))
    except Exception:
        print(traceback.format_exc().replace(__file__, "in-loops.py"), end="")


def never():
    return
    yield


def nothing():
    t = "nothing"
    for x in never():
        t = x
    return t


def deep(n):
    if n == 0:
        for x in count(3):
            pass
        return 0
    return 1 + deep(n - 1)


def again():
    """The name means something else in the middle of the loop, and afterwards."""
    global count
    old = count
    t = []
    for x in count(3):
        t.append(x)
        count = lambda n: ["a", "b"]
    for x in count(3):
        t.append(x)
    count = old
    for x in count(2):
        t.append(x)
    return t


class Iterable:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        i = 0
        while i < self.n:
            yield i
            i += 1

    def items(self):
        for i in range(self.n):
            yield str(i), self


def of_items(c):
    t = []
    for k, v in c.items():
        t.append((k, v is c))
    for x in c:
        t.append(x)
    return t


def shared(n):
    """What the generator has, the loop changes."""
    items = [1, 2, 3]
    t = []
    for x in each(items):
        t.append(x)
        if len(items) < n:
            items.append(x * 10)
    return t


def each(items):
    for x in items:
        yield x
    items.clear()


for i in range(3):
    print(total(10), two(8))
early(5)
print(returning(5).name)
show(raising, 5)
print(caught(8))
print(of_pairs([(1, 2), (3, 3), (4, 5)]))
show(fails, 3)
show(fails, 6)
show(stops)
print(walk(Grid(4, 4)), walk(Torus(4, 4)), walk(Grid(1, 1)))
print(of_floats(6), of_floats(0), big(10 ** 25), closed(7))
print(words("a bb a  c bb a"))
warnings.simplefilter("always")
warnings.showwarning = lambda m, c, f, line, *rest: print("warned", m, line)
of_warned()
print(nothing(), again(), of_items(Iterable(3)), shared(6))
print(deep(50))
show(total, "7")
show(of_pairs, [(1, 2), (3,)])
show(lambda: total())
for x in holding(2):
    print("module", x)
for x in holding(3):
    print("module", x)
    break
print("end")
