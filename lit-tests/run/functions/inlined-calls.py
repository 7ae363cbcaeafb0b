# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Small functions and methods whose bodies are copied to their calls: what they are rebound to, how deep they are, what they
# raise and what dies when must be as if each had been called.
import logging
import sys
import traceback
import types
import warnings


def double(n):
    return n + n


def twice(n):
    return double(double(n))


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def get_x(self):
        return self.x

    def set_x(self, x):
        self.x = x

    def same(self):
        return self

    def swapped(self, other):
        return Point(other.get_x(), self.y)

    def ratio(self):
        return self.x / self.y


class Polar(Point):
    def get_x(self):
        return -self.x


def total(points):
    result = 0
    for p in points:
        result += p.get_x() + twice(p.get_x())
        p.set_x(result)
    return result, points[0].same() is points[0]


points = [Point(1, 2), Polar(3, 4), Point(5, 6)]
print(total(points), [p.x for p in points])

# Rebound: the function, its code, its defaults, the method, on the class and on the instance.
saved = double
double = lambda n: ("other", n)
print(twice(3))
double = saved
print(twice(3))


def triple(n):
    return n * 3


saved_code = double.__code__
double.__code__ = triple.__code__
print(twice(3))
double.__code__ = saved_code
Point.get_x = lambda self: 100
print(total(points[:1]))
points[0].get_x = lambda: 1000
print(total(points[:1]), total(points[2:]))
del Point.get_x
try:
    total(points[2:])
except AttributeError as error:
    print(error)
Point.get_x = Polar.get_x
print(total(points[2:]))
double.__defaults__ = (7,)
print(double(), double(1))
try:
    double(1, 2)
except TypeError as error:
    print(error)
other = types.FunctionType(double.__code__, {"__builtins__": __builtins__})
print(other(4))


def print_error():
    print(traceback.format_exc().replace(__file__, "FILE"))


# Tracebacks through two inlined calls, again and again, with locals that live on.
def outer(p):
    total = 0
    for n in range(3):
        try:
            total += middle(p, n)
        except ZeroDivisionError as error:
            frames = [(frame.f_code.co_name, line) for frame, line in traceback.walk_tb(error.__traceback__)]
            print(frames, [entry.f_code.co_name for entry, _ in traceback.walk_tb(error.__traceback__) if entry.f_back])
    return total


def middle(p, n):
    p.y = n
    return p.ratio()


print(outer(Point(8, 0)))
try:
    middle(Point(1, 1), 0)
except ZeroDivisionError:
    print_error()
try:
    twice(None)
except TypeError:
    print_error()


# Who called: stack levels count inlined functions.
def warn_of(what, level):
    warnings.warn(what, stacklevel=level)


def warn_caller(level):
    warn_of("w%d" % level, level)


def warn_all():
    for level in 1, 2, 3, 4:
        warn_caller(level)


warnings.showwarning = lambda message, category, filename, line, file=None, text=None: print(message, line)
warnings.simplefilter("always")
warn_all()


def log(message):
    logging.warning(message)


def log_all():
    log("one")
    log("two")


logging.basicConfig(format="%(funcName)s %(lineno)d %(message)s", stream=sys.stdout)
log_all()


# Depth is that of the source: f counts, and so does what is inlined in it.
def leaf(n):
    return down(n + 1)


def down(n):
    global deepest
    deepest = n
    return leaf(n)


def fact(n):
    return 1 if n == 0 else n * fact(n - 1)


def endless(n):
    return endless(n + 1)


print(fact(20), fact(5.0))
sys.setrecursionlimit(200)
for call in endless, fact:
    try:
        call(-1)
    except RecursionError as error:
        print_error()
        walked = [frame.f_code.co_name for frame, line in traceback.walk_tb(error.__traceback__)]
        print(len(walked), walked[-1])
for _ in range(2):
    try:
        down(0)
    except RecursionError as error:
        print(error, deepest)
        deepest_before = deepest


# Deaths: an argument dies when the inlined function leaves, in its order; a receiver when the caller drops it.
class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)

    def quiet(self):
        return 1

    def fails(self):
        return self.name + 1


def drop_both(a, b):
    print("in")


def deaths():
    drop_both(Noisy("a"), Noisy("b"))
    print(Noisy("c").quiet())
    n = Noisy("d")
    n.quiet()
    kept = n
    del n
    print("kept")
    try:
        kept.fails()
    except TypeError as error:
        del kept
        print("caught")
        error = None
    print("end")


deaths()


# The method goes away while it runs.
class Vanishing:
    @property
    def trap(self):
        del Vanishing.run
        return 5

    def run(self):
        return self.trap + 1


def vanish(v):
    return v.run()


print(vanish(Vanishing()))


# Arguments that raise, and closures.
def make(n):
    def add(m):
        return n + m
    return add


def use(f):
    return f(1) + make(10)(5)


print(use(make(2)))


# Arguments bound while compiling: what is left out comes from the function that is called, as it is now.
def scale(v, by=2, *, times=1):
    return v * by * times


def area(w, h=3, unit="m"):
    return w * h, unit


class Box:
    def __init__(self, w, h=4, name="box"):
        self.w, self.h, self.name = w, h, name

    def grow(self, by=1, *more):
        self.w += by
        return self.w, more

    def size(self, unit="m", factor=1):
        return area(self.w * factor, self.h, unit=unit)


def bound(b):
    return [scale(2), scale(2, by=3), scale(2, times=4), area(2), area(2, unit="km"), area(h=5, w=1), b.grow(), b.grow(by=2), b.size(),
            b.size(factor=2), b.size("in", 3), [(x.w, x.h, x.name) for x in (Box(1), Box(1, name="n"), Box(h=2, w=3))]]


box = Box(1)
print(bound(box))
area.__defaults__ = (30, "M")
print(bound(box))
area.__defaults__ = (1, 300, "MM")
print(bound(box), area())
area.__defaults__ = None
for wrong in (lambda: bound(box), lambda: area(1, 2), lambda: area(w=1, x=2), lambda: area(1, w=2), lambda: Box(), lambda: Box(1, w=2), lambda: box.size(unit=1, self=2)):
    try:
        print(wrong())
    except TypeError as error:
        print(error)
area.__defaults__ = (3, "m")
Box.size = lambda self, factor=7, unit="u": (factor, unit)
print(bound(box))
