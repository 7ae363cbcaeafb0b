# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# The attributes of an instance die in the order in which its class got to know them, not in that of a base's.
import gc


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


class Base:
    def __init__(self):
        self.n, self.x, self.y = Noisy("n"), Noisy("x"), Noisy("y")


class Derived(Base):
    def __init__(self):
        self.x, self.y, self.n = Noisy("x"), Noisy("y"), Noisy("n")


class Finalized(Derived):
    def __del__(self):
        print("del", type(self).__name__)


class Cyclic(Derived):
    def __init__(self):
        Derived.__init__(self)
        self.me = self


class Many(Base):
    def __init__(self):
        self.t, self.s = Noisy("t"), Noisy("s")
        self.a = self.b = self.c = self.d = self.e = self.f = self.g = self.h = self.i = self.j = self.k = self.l = self.m = self.o = 1
        self.y, self.x = Noisy("y"), Noisy("x")


for c in (Base, Derived, Finalized, Cyclic, Many):
    print(c.__name__)
    c()
    gc.collect()
