# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A site that has met a subclass with more attributes finds those of the base, which has bytes about their order there.


class Root:
    pass


class Middle(Root):
    def __init__(self):
        self.a = self.b = self.c = self.d = self.e = self.f = self.g = self.h = self.i = self.j = 1
        self.k = self.l = self.m = self.n = self.o = self.p = self.q = self.r = self.s = 2


class Base(Middle):
    def __init__(self):
        super().__init__()


class Derived(Base):
    def __init__(self, foo):
        Base.__init__(self)
        self.foo = foo


def foo(o):
    return o.foo


def rename(o, value):
    o.foo = value


base = Base()
setattr(base, "foo", 42)
for o in Derived(80), base, Derived(5), base:
    print(foo(o), list(vars(o)))
for o in Derived(1), base, Derived(2), Base():
    rename(o, "x")
    print(foo(o), list(vars(o).values()))
