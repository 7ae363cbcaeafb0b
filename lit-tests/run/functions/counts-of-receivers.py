# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The counts of receivers are CPython's: the call does not keep what it moves into the method.
import sys


class K:
    def own(self):
        return sys.getrefcount(self)

    def both(self, other):
        return sys.getrefcount(self), sys.getrefcount(other)

    def deeper(self, n):
        return sys.getrefcount(self) if n == 0 else self.deeper(n - 1)

    def step(self):
        yield sys.getrefcount(self)


class L(list):
    def own(self):
        return sys.getrefcount(self)


def show(k, o, l):
    print(k.own(), k.both(o), k.both(other=o), k.deeper(2), K.own(k), K().own(), l.own(), L().own(), *k.step())


k, o, l = K(), object(), L()
print(k.own(), k.both(o), k.both(other=o), k.deeper(2), K.own(k), K().own(), l.own(), L().own(), *k.step())
bound = k.own
print(bound(), bound())
show(k, o, l)
