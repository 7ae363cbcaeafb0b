# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Small functions are done where they are called: whatever they rely on changes while the loops run.
import gc
import sys
import traceback


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def norm(self):
        return self.x * self.x + self.y * self.y

    def move(self, dx):
        self.x += dx
        return self

    def swap(self):
        self.x, self.y = self.y, self.x

    def is_low(self):
        return self.x < 10

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def __mul__(self, k):
        return Point(self.x * k, self.y * k)

    def __lt__(self, other):
        return self.x < other.x

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y


class Loud(Point):
    def norm(self):
        return -1.0

    def __radd__(self, other):
        return "radd"


def add(a, b):
    return a + b * 2


def title(method):
    print("--", method)


def loop(n, p, change=None):
    total = 0
    for i in range(n):
        if change and i == n // 2:
            change()
        total = total + p.norm()
        if p.is_low():
            total += 1
        p.move(1)
    return total


title("plain")
print(loop(20, Point(1, 2)), loop(20, Point(1.5, 2.0)), loop(20, Loud(1, 2)))

title("the method is bound to something else in the middle")
old = Point.norm
print(loop(20, Point(1, 2), lambda: setattr(Point, "norm", lambda self: 1000)))
Point.norm = old

title("an attribute of the instance hides the method")
p = Point(1, 2)
print(loop(20, p, lambda: setattr(p, "norm", lambda: 5)))

title("another class")
p = Point(1, 2)
print(loop(20, p, lambda: setattr(p, "__class__", Loud)))

title("another kind in the slot")
p = Point(1, 2)
print(loop(20, p, lambda: setattr(p, "x", 2.5)))
p = Point(1, 2)
print(loop(20, p, lambda: setattr(p, "x", 2 ** 70)))
p = Point(1.0, float("nan"))
print(loop(4, p))
p = Point(1, True)
print(loop(4, p))

title("overflow")
p = Point(2 ** 40, 2 ** 40)
print(loop(4, p))

title("a slot is deleted")
p = Point(1, 2)
try:
    loop(20, p, lambda: delattr(p, "y"))
except AttributeError as e:
    print(e)
    print(traceback.format_exc().replace(__file__, "FILE"))

title("a property takes the slot's place")
p = Point(1, 2)
Point.x = property(lambda self: 3, lambda self, v: print("set", v))
print(p.norm())
print(loop(2, p))
del Point.x
print(p.x, p.norm())

title("__getattribute__ and __setattr__ are added")
p = Point(1, 2)


def see():
    Point.__setattr__ = lambda self, name, v: (print("store", name, v), object.__setattr__(self, name, v))[1]


print(loop(4, p, see))
del Point.__setattr__
print(loop(2, Point(1, 2)))


class Holder:
    def __init__(self, item):
        self.item = item
        self.count = 0

    def put(self, item):
        self.item = item
        self.count += 1
        return self.count

    def put_last(self, item):
        self.count += 1
        self.item = item

    def get(self):
        return self.item

    def both(self, other, a, b):
        self.count = a
        other.count = b
        return self.count


class Dies:
    def __init__(self, holder, name):
        self.holder, self.name = holder, name

    def __del__(self):
        print("dies", self.name, self.holder and self.holder.count)


title("what was in a slot dies")
h = Holder(None)
for i in range(4):
    h.put(Dies(h, i))
    print("put", h.count)
for i in range(4):
    h.put_last(Dies(h, i + 10))
    print("put_last", h.count)
h.put(None)
kept = Dies(None, "kept")
for i in range(3):
    h.put(kept)
del kept
h.put_last(0)

title("two names for one object")
a, b = Holder(1), Holder(2)
print([a.both(b, i, i + 1) for i in range(3)], [a.both(a, i, i + 1) for i in range(3)], a.count, b.count)

title("counts")
item = object()
before = sys.getrefcount(item)
for i in range(50):
    h.put(item)
    h.get()
    h.put_last(item)
print(sys.getrefcount(item) - before)
h.put(None)
print(sys.getrefcount(item) - before)


def vectors(n, a, b, change=None):
    s = a
    for i in range(n):
        if change and i == n // 2:
            change()
        s = (s + b) * 2
        if b < s and not (s == b):
            s = s * 0.5
    return s


title("operators")
v = vectors(10, Point(1, 2), Point(3, 4))
print(type(v), v.x, v.y)
v = vectors(10, Point(1.5, 2.5), Point(3, 4))
print(type(v), v.x, v.y)
try:
    print(vectors(3, Point(1, 2), Loud(3, 4)))
except (TypeError, AttributeError) as e:
    print(e)
try:
    vectors(3, Point(1, 2), 5)
except AttributeError as e:
    print(e)
    print(traceback.format_exc().replace(__file__, "FILE"))

title("the operator's method changes")
old = Point.__add__
v = vectors(6, Point(1, 2), Point(3, 4), lambda: setattr(Point, "__add__", lambda self, other: Point(0, 0)))
print(v.x, v.y)
Point.__add__ = old
less = Point.__lt__
try:
    vectors(6, Point(1, 2), Point(3, 4), lambda: setattr(Point, "__lt__", lambda self, other: NotImplemented))
except TypeError as e:
    print(e)
Point.__lt__ = less

title("the class changes")
old = Point.__init__


def other_init(self, x, y):
    self.y = y
    self.x = x
    self.z = 1


Point.__init__ = other_init
v = Point(1, 2) + Point(3, 4)
print(v.__dict__)
Point.__init__ = old
v = Point(1, 2) + Point(3, 4)
print(v.__dict__)


def fresh(n):
    made = []
    for i in range(n):
        made.append(Point(i, i + 1) * 3)
    return made


print([list(p.__dict__.items()) for p in fresh(3)])
Point.__new__ = lambda cls, *args: (print("new", args), object.__new__(cls))[1]
print([p.x for p in fresh(2)])
del Point.__new__
try:
    print([p.x for p in fresh(2)])
except (TypeError, AttributeError) as e:
    print(e)


class Node:
    def __init__(self, parent):
        self.parent = parent
        self.child = None

    def make(self):
        return Node(self)

    def link(self, other):
        self.child = other
        return other


title("garbage is found")
gc.collect()
count = len(gc.get_objects())
for i in range(3000):
    n = Node(None)
    n.link(n.make())
del n
gc.collect()
print(abs(len(gc.get_objects()) - count) < 50)

title("recursion")


class Chain:
    def __init__(self, next):
        self.next = next

    def last(self):
        if self.next is None:
            return self
        return self.next.last()

    def tail(self):
        return self.next

    def loop(self, n):
        t = self.tail()
        return self.loop(n + 1)


c = None
for i in range(300):
    c = Chain(c)
print(c.last().next)
try:
    c.loop(0)
except RecursionError as e:
    print(e)

title("globals")
print([add(i, i) for i in range(3)])


def use(n):
    total = 0
    for i in range(n):
        if i == 3:
            globals()["add"] = lambda a, b: 100
        total += add(i, 1)
    return total


print(use(6))


class Flags:
    def __init__(self):
        self.a = False
        self.b = None
        self.n = 0

    def any(self):
        return self.a or self.b

    def neither(self):
        return not self.a and not self.b

    def check(self, limit):
        if self.n > limit:
            raise ValueError("too many: %d" % self.n)
        self.n += 1


title("truth")
f = Flags()
out = []
for i in range(12):
    if f.any():
        out.append("any")
    if f.neither():
        out.append(i)
    if i == 4:
        f.b = [1]
    if i == 6:
        f.b = []
    if i == 8:
        f.a = True
    if i == 10:
        f.a = 0.0
print(out)
try:
    for i in range(10):
        f.check(5)
except ValueError:
    print(traceback.format_exc().replace(__file__, "FILE"))

title("operators within")


class Length:
    def __init__(self, x):
        self.x = x

    def __lt__(self, other):
        return self.x < other.x

    def __add__(self, other):
        if self.x > 5:
            return NotImplemented
        return Length(self.x + other.x)

    def smaller(self, other):
        if self < other:
            return self
        return other

    def plus(self, other):
        return self + other


def compare(n):
    a, b = Length(1), Length(4)
    out = []
    for i in range(n):
        out.append(a.smaller(b).x)
        try:
            out.append(a.plus(b).x)
        except TypeError as e:
            out.append(str(e))
        a.x += 1
    return out


print(compare(8))


class Base:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        return Base(self.x + other.x)

    def bump(self, k):
        return self + Derived(k)


class Derived(Base):
    pass


def bumps(n):
    p = Base(1)
    out = []
    for i in range(n):
        if i == n // 2:
            Derived.__radd__ = lambda self, other: Base(-1)
        out.append(p.bump(i).x)
    return out


print(bumps(6))
