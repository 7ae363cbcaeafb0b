# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# What super() finds, which a version expects in the same test as the method that calls it. Each of its grounds breaks while the program runs.
import builtins


class Base:
    def __init__(self, x, y=1):
        self.x = x
        self.y = y

    def method(self, n=2):
        return self.x + n

    @property
    def size(self):
        return self.x * 2


class Middle(Base):
    def __init__(self, x):
        super().__init__(x)
        self.z = 3

    def method(self, n):
        return super().method(n) + 1

    @property
    def size(self):
        return super().size + 1

    def plain(self):
        return super().method() + 1


class Leaf(Middle):
    def __init__(self, x):
        super().__init__(x)
        self.leaf = 4

    def method(self, n):
        return super().method(n) * 2


class Other:
    def __init__(self, x, y=7):
        self.x = x + 100
        self.y = y

    def method(self, n=3):
        return 1000 + self.x + n

    size = 50


def work(o, times):
    total = 0
    for n in range(times):
        total += o.method(n) + o.plain() + o.size
    return total


def make(cls, times):
    total = 0
    for n in range(times):
        o = Leaf(n)
        total += o.x + o.y + o.z + o.leaf
    return total


def kept(times, out):
    for n in range(times):
        out[0] = Middle(n)
    return vars(out[0])


def show(what):
    leaf, middle = Leaf(5), Middle(6)
    print(what, work(leaf, 4), work(middle, 4), make(Leaf, 4), kept(3, [0]))


show("as written")

leaf = Leaf(1)
leaf.method = lambda n: 0
print("of the instance", work(leaf, 3))
leaf = Leaf(1)
leaf.__dict__["plain"] = lambda: 0
print("in its dict", work(leaf, 3))

method = Base.method
Base.method = lambda self, n=2: 10 * n
show("the method replaced")
Base.method = method
show("back")
Base.method.__defaults__ = (20,)
show("another default")
Base.method.__defaults__ = (2,)
init = Base.__init__
Base.__init__.__defaults__ = (9,)
show("another default of __init__")
Base.__init__.__defaults__ = (1,)


def counting(self, x, y=1):
    counting.calls += 1
    init(self, x, y)


counting.calls = 0
Base.__init__ = counting
show("__init__ replaced")
print(counting.calls)
Base.__init__ = init
show("back")

Middle.__bases__ = (Other,)
show("another base")
Middle.__bases__ = (Base,)
show("back")


class Between(Base):
    def __init__(self, x, y=1):
        super().__init__(x + 10)

    def method(self, n=2):
        return super().method(n) + 50


class Mixed(Leaf, Between):
    def __init__(self, x):
        super().__init__(x)


mixed = Mixed(5)
print("in another order", work(mixed, 3), vars(mixed))
show("beside")

cell = Middle.method.__closure__[0]
cell.cell_contents = Base
try:
    show("another class")
except TypeError as e:
    print(e)
cell.cell_contents = Leaf
try:
    show("a class below")
except (TypeError, RecursionError) as e:
    print(type(e).__name__)
del cell.cell_contents
try:
    show("no class")
except RuntimeError as e:
    print(e)
cell.cell_contents = Middle
show("back")


class Fake:
    def __init__(self, *args):
        pass

    def __init_subclass__(cls):
        pass

    def method(self, n=0):
        return n - 1

    size = -1


saved = builtins.super
builtins.super = Fake
leaf = Leaf.__new__(Leaf)
leaf.x = 3
print("another super", work(leaf, 3), make.__name__)
builtins.super = saved
show("back")
globals()["super"] = Fake
print("a global", work(leaf, 3))
del globals()["super"]
show("back")


def classes(base):
    class Made(base):
        def method(self, n=0):
            return super().method(n) + 1

        def plain(self):
            return super().method() + 2

        size = 0
    return Made


first = classes(Base)
second = classes(first)
third = classes(Other)
print("made twice", [work(cls(1), 3) for cls in (first, second, third, first)])
third.method = first.method
for cls in (first, third):
    try:
        print("borrowed", work(cls(1), 3))
    except TypeError as e:
        print(e)


class Rebinds(Base):
    def method(self, n=0):
        old = self
        self = Leaf(40)
        try:
            return super().method(n) + old.x
        finally:
            self = old

    def plain(self):
        me = self
        del self
        try:
            return super().method()
        except RuntimeError as e:
            return len(str(e)) + me.x

    size = 0


try:
    print("self rebound", work(Rebinds(2), 3))
except TypeError as e:
    print(e)


class Raises(Base):
    def __init__(self, x):
        super().__init__(x)
        self.late = 10 // x

    def method(self, n):
        return super().missing(n)


def attempts(times):
    out = []
    for n in range(times):
        try:
            out.append(vars(Raises(n)))
            Raises(n).method(n)
        except (ZeroDivisionError, AttributeError) as e:
            out.append(str(e))
    return out


print(attempts(3))
leaf = Leaf(5)
leaf.__class__ = Raises
try:
    work(leaf, 2)
except AttributeError as e:
    print(e)
