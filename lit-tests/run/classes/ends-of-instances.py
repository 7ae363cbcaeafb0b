# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# How instances end: with numbers alone, with what lives on or dies with them, in what order, with their class, in deep chains,
# with a dict or weak references, with more slots than an order word has, and after their class was changed.
import gc
import sys
import weakref


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


class Pair:
    def __init__(self, a, b):
        self.a = a
        self.b = b


class Backwards:
    def __init__(self, a, b):
        self.b = b
        self.a = a


class Some:
    def __init__(self, a, b, c, d):
        self.a = a
        self.b = b
        self.c = c
        if d:
            self.d = d


def numbers(n):
    l = [None] * 3
    for i in range(n):
        l[i % 3] = Pair(i, i * 0.5)
        l[(i + 1) % 3] = Pair(None, True)
    return [(p.a, p.b) for p in l]


def kept(n, text, items):
    before = sys.getrefcount(text), sys.getrefcount(items)
    l = [None]
    for i in range(n):
        l[0] = Pair(text, items)
    l.clear()
    return (sys.getrefcount(text), sys.getrefcount(items)) == before


def orders():
    for cls in (Pair, Backwards):
        for i in range(2):
            cls(Loud("a%d" % i), Loud("b%d" % i))
        shared = Loud("shared")
        x = cls(shared, Loud("own"))
        del x
        x = cls(Loud("own"), shared)
        del x, shared
        same = Loud("same")
        x = cls(same, same)
        del same
        print("-")
        del x
    Some(Loud(1), Loud(2), Loud(3), Loud(4))
    Some(1, Loud(2), None, 0)


def mixed():
    alive = Loud("alive")
    x = Some(alive, Loud("dies"), alive, Loud("too"))
    del x
    print("between")
    x = Some(alive, alive, alive, alive)
    del x
    print(sys.getrefcount(alive))


def chain(n):
    head = None
    for i in range(n):
        head = Pair(head, i)
    del head
    tree = Pair(0, 0)
    for i in range(n // 4):
        tree = Pair(tree, Pair(i, tree if i % 1000 == 0 else None))
    del tree
    return "deep"


def dying_class():
    class Local:
        def __init__(self, a):
            self.a = a
    gone = weakref.ref(Local, lambda r: print("class gone"))
    x = Local(1)
    y = Local(Loud("in local"))
    del Local
    gc.collect()
    del y
    print("one left", gone() is not None)
    del x
    gc.collect()
    print(gone())


def watched():
    x = Pair(1, Loud("watched"))
    r = weakref.ref(x, lambda r: print("told", r() is None))
    y = Pair(Loud("in dict"), 2)
    vars(y)["more"] = Loud("more")
    z = Pair(Loud("kept by dict"), 3)
    d = z.__dict__
    del x, y, z
    print(list(d))
    d.clear()


class Other:
    pass


def changed():
    x = Pair(Loud("first"), Loud("second"))
    x.__class__ = Other
    x.c = Loud("third")
    del x
    x = Pair(1, 2)
    x.__class__ = Other
    print(vars(x))
    del x.a
    x.a = Loud("again")
    del x


class Many:
    def __init__(self, loud):
        self.a = self.b = self.c = self.d = self.e = self.f = self.g = self.h = 1
        self.i = self.j = self.k = self.l = self.m = self.n = self.o = self.p = 2
        self.q = loud
        self.r = self.s = 3


class Derived(Pair):
    def __init__(self, a, b):
        super().__init__(a, b)
        self.more = a


class Revived:
    def __init__(self, a):
        self.a = a

    def __del__(self):
        saved.append(self)


class LateDel:
    def __init__(self, a):
        self.a = a


saved = []


def cycles(n):
    gc.collect()
    for i in range(n):
        x = Pair(None, i)
        x.a = x
        y = Pair(Pair(x, None), [x])
    del x, y
    return gc.collect() > 0


print(numbers(1000), kept(1000, "some text " * 2, [1]))
orders()
mixed()
print(chain(60000))
dying_class()
watched()
changed()
for i in range(3):
    Many(Loud("many"))
    Derived(Loud("derived"), 1)
for i in range(3):
    Revived(Loud(i))
print([r.a.name for r in saved])
saved.clear()
print([r.a.name for r in saved])
saved.clear()
l = [LateDel(i) for i in range(3)]
LateDel.__del__ = lambda self: print("late", self.a)
l.append(LateDel(3))
del l
print(cycles(500), gc.is_tracked(Pair(1, 2)), len([o for o in gc.get_objects() if type(o) is Pair]))
