# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# What a version has asked once it does not ask again; here it has changed in between.
import math


class P:
    def __init__(self, x, y):
        self.x = x
        self.y = y


class Meddler:
    def __init__(self, what):
        self.what = what

    def __del__(self):
        self.what()


def title(text):
    print("--", text)


title("the same object twice")


def both(a, b, n):
    out = []
    for i in range(n):
        x = a.x + a.y
        b.x = x * 2
        out.append(a.x + a.y)
    return out


p = P(1, 2)
print(both(p, p, 4), both(P(1, 2), P(3, 4), 4))
q = P(1.5, 2.5)
print(both(q, q, 4), both(P(1.5, 2.5), P(3.0, 4.0), 4))

title("a death in between")


def replace(a, n):
    out = []
    for i in range(n):
        x = a.x
        a.y = i
        try:
            out.append(a.x + x)
        except AttributeError as e:
            out.append(str(e))
    return out


p = P(1, Meddler(lambda: setattr(p, "x", 100)))
print(replace(p, 3))
p = P(1, Meddler(lambda: delattr(p, "x")))
try:
    print(replace(p, 3))
except AttributeError as e:
    print(e)


class Other:
    x = "the class's"


def change():
    p.__class__ = Other
    del p.__dict__["x"]


p = P(1, Meddler(change))
try:
    print(replace(p, 2))
except TypeError as e:
    print(e)

title("numbers that are none")


def nan(a, v):
    a.x = v - v
    first = a.x
    second = a.x
    return first is second, first == second, first != first


print(nan(P(1.0, 2.0), 1.0), nan(P(1.0, 2.0), float("inf")), nan(P(1.0, 2.0), float("nan")))


def scale(a, k, n):
    for i in range(n):
        a.x *= k
        a.x += 1.0
        a.y = a.x - a.x
    return a.x, a.y


print(scale(P(1.0, 0.0), 2.0, 5), scale(P(1e308, 0.0), 10.0, 3), scale(P(1, 0), 2.0, 3), scale(P(2 ** 62, 0), 2, 3))

title("functions")


def roots(values):
    out = []
    for v in values:
        try:
            out.append(math.sqrt(v) + 1.0)
        except (ValueError, TypeError, OverflowError) as e:
            out.append(str(e))
        if v == 9.0:
            math.sqrt = lambda x: x / 2
    return out


keep = math.sqrt
print(roots([4.0, -1.0, -0.0, float("inf"), 9.0, 16.0]))
math.sqrt = keep
print(roots([4.0, 10 ** 400, 2, True, 1e-320]))

title("a global that goes while it is used")


class Number:
    def __init__(self, v):
        self.v = v

    def __add__(self, other):
        return self.v + other

    def __del__(self):
        print("gone", self.v)


def rebind(v):
    global number
    number = Number(v)
    return v


def use(n):
    total = 0
    for i in range(n):
        total += number + rebind(i)
    return total


number = Number(10)
print(use(3))


def missing(n):
    for i in range(n):
        if i == 2:
            del globals()["number"]
        try:
            print(number.v + i)
        except NameError as e:
            print(e)


missing(3)

title("lists")


def rows(grid, n):
    total = 0
    for i in range(n):
        row = grid[i]
        total += row[0] + row[1]
        grid[i] = [total, 1]
        total += grid[i][0] + row[1]
    return total


print(rows([[1, 2], [3, 4], [5, 6]], 3))


def shrink(a, n):
    out = []
    for i in range(n):
        out.append(a[i])
        if i == 2:
            a.clear()
        try:
            out.append(a[i])
        except IndexError as e:
            out.append(str(e))
            break
    return out


print(shrink([1, 2, 3, 4], 4))
