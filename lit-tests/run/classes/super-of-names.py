# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# super(C, x).m(…) makes no super object where that cannot be seen; errors stand where they would.
import traceback


def error():
    print("".join(line for line in traceback.format_exc().splitlines(True) if "File" not in line))


class Base:
    def __init__(self, x):
        super(Base, self).__init__()
        self.x = x

    def method(self, n):
        return self.x + n

    @classmethod
    def made(cls, *args):
        return cls.__name__, args

    @staticmethod
    def static(n):
        return n

    thing = 5


class Meta(type):
    def __call__(cls, *args):
        return super(Meta, cls).__call__(*args)

    def method(cls, n):
        return "of the metaclass", n


class Leaf(Base, metaclass=Meta):
    def __init__(self, x):
        super(Leaf, self).__init__(x)
        self.y = 2

    def method(self, n):
        return super(Leaf, self).method(n) + self.y

    def other(self, o, n):
        return super(Leaf, o).method(n)

    def keywords(self, n):
        return super(Leaf, self).method(n=n)

    @classmethod
    def made(cls, *args):
        return super(Leaf, cls).made(1, *args), super(Leaf, cls).static(4)

    def missing(self):
        return super(Leaf, self).nothing(1)

    def called(self):
        return super(Leaf, self).thing(1)


class Below(Leaf):
    pass


def work(times):
    total = 0
    for n in range(times):
        for cls in (Leaf, Below):
            o = cls(n)
            total += o.method(n) + o.keywords(n) + o.other(o, n)
    return total


print(work(50), Leaf.made(2), Below.made(), Below(1).made(3))
leaf = Leaf(7)
for attempt in (lambda: leaf.missing(), lambda: leaf.called(), lambda: leaf.other(Base(1), 2), lambda: leaf.other(None, 2), lambda: leaf.other(3, 2)):
    try:
        print(attempt())
    except (AttributeError, TypeError):
        error()
print(super(Leaf, leaf).method(1), super(Base, leaf).__repr__() == object.__repr__(leaf))


def at(cls, o):
    try:
        return super(cls, o).method(1)
    except (AttributeError, TypeError):
        error()


for cls in (Leaf, 3, object, Meta, int, type):
    for o in (leaf, Leaf, 4, None):
        print(cls, "leaf" if o is leaf else o, at(cls, o))


class Own(Base):
    def method(self, n):
        class super:
            def __init__(self, *args):
                self.args = args

            def method(self, n):
                return len(self.args), n
        return super(Own, self).method(n)


print(Own(1).method(2))
before = Base.method
Base.method = lambda self, n: -n
print(work(5))
Base.method = before


below = Below(2)


def super(*args):
    print("asked", len(args))
    return Base.__new__(Own)


try:
    print(below.keywords(1))
except (AttributeError, RecursionError) as e:
    print(e)
del super
print(work(5))


class Slots(Leaf):
    __slots__ = ()

    def method(self, n):
        self = super(Slots, self).method(n)
        return self


print(Slots(3).method(4))
