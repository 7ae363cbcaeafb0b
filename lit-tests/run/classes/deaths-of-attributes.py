# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What an instance had that is gone by then dies in CPython's order: before the old value that is computed with it, and within a method.


class D:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        return D(self.n + other.n)

    __iadd__ = None

    def m(self, last=0):
        print("in", self.n, last)
        del self
        print("out")

    def __del__(self):
        print("gone", self.n)


del D.__iadd__


class Holder:
    def __init__(self, n):
        self.p = D(n)
        self.items = [D(n + 1), D(n + 2)]


def make(n=10):
    return Holder(n)


def sums():
    b = D(1)
    b += make().p
    print("after")
    b += make(20).items[1]
    print("then")
    b += D(5)
    kept = make(30)
    b += kept.p
    print("end")


def methods():
    make(40).p.m()
    print("-")
    make(50).items[0].m(last=1)
    print("-")
    kept = make(60)
    kept.p.m()


sums()
methods()
