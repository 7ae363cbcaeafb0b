# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Attributes that are numbers in classes that change, builtins that are rebound, pairs from iterators, items of bytes.
import math
from math import sqrt, exp

class Vec:
    def __init__(self, x, y):
        self.x = x
        self.y = y
    def step(self, dt, n):
        for i in range(n):
            self.x += dt * self.y
            self.y -= dt * self.x
        return self.x, self.y
    def length(self):
        return math.sqrt(self.x * self.x + self.y * self.y)
    def dot(self, o):
        return self.x * o.x + self.y * o.y + self.x * o.y

class Slots:
    __slots__ = ("x", "y")
    def __init__(self, x, y):
        self.x = x
        self.y = y

class Watched:
    def __init__(self, x, y):
        self.__dict__["y"] = y
        self._x = x
    @property
    def x(self):
        print("get x")
        return self._x
    @x.setter
    def x(self, v):
        print("set x", v)
        self._x = v

class Dies:
    def __init__(self, o):
        self.o = o
    def __del__(self):
        print("dies")
        self.o.y = 100.5
    def __rsub__(self, other):
        return 7.5
    def __radd__(self, other):
        return 1.5
    __add__ = __radd__

def sums(vs):
    t = 0.0
    for v in vs:
        t += v.x * v.y
        v.x = v.x + v.y
        v.y = v.x - v.y
    return t

def swap(v, n):
    for i in range(n):
        v.x, v.y = v.y, v.x + 1
    return v.x, v.y

def store(v, values):
    s = 0.0
    for i in range(len(values)):
        v.x = values[i] * 0.5
        v.y = values[i] + v.x
        s += v.x + v.y
    return s

def stop(v):
    for i in range(3):
        v.x = v.x * 2
        if i == 1:
            del v.x
        v.y = v.y * 3

v = Vec(1.0, 0.0)
print(v.step(0.01, 50), v.length(), v.dot(Vec(2, 3)), Vec(3, 4).length(), Vec(0.0, -0.0).length())
print(sums([Vec(1.5, 2.5), Slots(2.0, 3.0), Vec(1, 2), Slots(1 << 62, 2.5), Vec(True, 0.0)]))
print(sums([Watched(1.5, 2.5)]))
print(swap(Vec(1, 2), 5), swap(Slots(0.5, 2), 3), swap(Watched(1, 2), 1))
w = Vec(1.0, 2.0)
w.x = Dies(w)
w2 = w
print(store(w, [1.5, 2.5]), w.y)
del w, w2
try:
    stop(Vec(1.0, 2.0))
except AttributeError as e:
    print(e)
try:
    sums([Vec(1.0, 2.0), None])
except AttributeError as e:
    print(e)
try:
    sums([Vec("a", "b")])
except TypeError as e:
    print(e)
z = Vec(1.0, 2.0)
def changes(vs):
    t = 0.0
    for k, v in enumerate(vs):
        t += v.x + v.y
        if k == 2:
            Vec.x = property(lambda self: 1000.0)
        if k == 4:
            del Vec.x
        if k == 5:
            vs[6].__class__ = Other
        t += v.x - v.y
    return t
class Other:
    x = 5.0
    y = 0.25
print(changes([Vec(i * 0.5, 1.0) for i in range(8)]))

def roots(xs):
    out = []
    for x in xs:
        try:
            out.append(math.sqrt(x) + 1.0)
            out.append(sqrt(x) * 2.0)
            out.append(math.sin(x) < 2.0)
        except (ValueError, TypeError, OverflowError) as e:
            out.append(str(e))
    return out
def exps(xs):
    t = 0.0
    for x in xs:
        try:
            t += exp(x) + math.exp(x)
        except OverflowError as e:
            print(e)
    return t
print(roots([4.0, 2, -1.0, 0.0, -0.0, float("inf"), float("nan"), "s", 1 << 80, True]))
print(exps([1.0, 2, 1000.0, -1000.0]))
def patched(n):
    t = 0.0
    for i in range(n):
        t += math.sqrt(4.0) + min(i, 3) + abs(-i) + max(1.5, t, 2.5)
        if i == 2:
            math.sqrt = lambda x: 100.0
        if i == 4:
            globals()["min"] = lambda a, b: 1000
    return t
print(patched(7))
math.sqrt = sqrt
del globals()["min"]

def extremes(a, b):
    r = []
    for i in range(len(a)):
        x = a[i]
        y = b[i]
        r.append((min(x, y), max(x, y), min(x, y, 3), max(1, x, y), abs(x), abs(y)))
    return r
nan = float("nan")
print(extremes([1, 2, -3, 1 << 62, -(1 << 62)], [2, 1, -3, 5, 7]))
print(extremes([1.5, nan, 0.0, -0.0], [nan, 1.5, -0.0, 0.0]))
def convert(xs):
    r = []
    for x in xs:
        y = x * 1.5
        try:
            r.append((int(y), float(int(y)), int(y) + 1, float(y)))
        except (ValueError, OverflowError) as e:
            r.append(str(e))
    return r
print(convert([1.0, -1.9, 1e18, 1e30, nan, float("inf"), 0.0, 2]))

class Loud:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print("del", self.n)
def pairs():
    for i, x in enumerate(Loud(k) for k in range(3)):
        del x
        print("body", i)
    for a, b in zip((Loud(k) for k in range(2)), "abc"):
        a = None
        print("body", b)
    d = {1: 2, "k": 3.5}
    for k, v in d.items():
        print(k, v)
    for k, v in {Loud(9): 1, 2: [3]}.items():
        k = None
        print(v)
    for i, c in enumerate("xy", 1 << 62):
        print(i, c)
    for a, b in zip([1, 2, 3], [4.5, 5.5]):
        print(a, b)
    for a, b in [(1, 2), [3, 4], "56"]:
        print(a, b)
    for source in (enumerate([], 1), zip([1], [2], [3]), zip([1]), enumerate((i for i in [1])), {1: 2}.items(), [5], zip([1, 2], [3], strict=True)):
        try:
            for a, b in source:
                print("got", a, b)
        except (ValueError, TypeError) as e:
            print(type(e).__name__, e)
    d = {1: 2, 3: 4}
    try:
        for k, v in d.items():
            d[k + 10] = v
    except RuntimeError as e:
        print(e)
    def broken():
        yield 1
        raise KeyError("broken")
    try:
        for i, x in enumerate(broken()):
            print(i, x)
    except KeyError as e:
        print("KeyError", e)
pairs()
class Iter:
    def __init__(self):
        self.n = 0
    def __iter__(self):
        return self
    def __next__(self):
        self.n += 1
        if self.n > 2:
            raise StopIteration("value")
        return self.n
for i, x in enumerate(Iter()):
    print(i, x)
for a, b in zip(Iter(), Iter()):
    print(a, b)
print([i * x for i, x in enumerate([1.5, 2.5])], {k: v for k, v in {1: 2}.items()}, list((a, b) for a, b in zip("ab", "cd")))

def bytes_items(b, s):
    r = []
    for i in range(-2, len(b)):
        r.append(b[i] + 1)
        r.append(s[i])
    return r
def fill(b, values):
    for i in range(len(values)):
        try:
            b[i] = values[i]
            b[-1] ^= 3
        except (ValueError, IndexError, TypeError) as e:
            print(type(e).__name__, e)
    return b
print(bytes_items(b"\x00\xff7", "h\xe4z"), bytes_items(bytearray(b"ab"), "\u1234b"), bytes_items([1, 2], "zz"))
print(fill(bytearray(3), [255, 256, -1]), fill(bytearray(2), [1, 2, 3]), fill([0, 0], [1 << 70, 2]), fill(bytearray(1), [1.5]) if False else "")
for bad in (3, -4):
    for thing in (b"abc", bytearray(b"abc"), "abc"):
        try:
            thing[bad]
        except IndexError as e:
            print(e)
