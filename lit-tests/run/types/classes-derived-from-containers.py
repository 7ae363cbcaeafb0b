# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Classes derived from containers and numbers: whose operator is asked first, which of their special methods count, and where.
import collections


class L(list):
    pass


class B(bytearray):
    pass


class Q(collections.deque):
    pass


class Right:
    def __radd__(self, other):
        return "radd"

    def __iter__(self):
        return iter("xy")


class Silent:
    def __radd__(self, other):
        return "radd"


class Own(L):
    def __iadd__(self, other):
        return "own"


class Late(L):
    def __radd__(self, other):
        return "late"


for make in (lambda: [1], lambda: L([1]), lambda: bytearray(b"a"), lambda: B(b"a"), lambda: Q([1]), lambda: Own([1]), lambda: (1,)):
    for other in (Right(), Silent(), collections.UserString("u"), Late([2])):
        x = make()
        try:
            x += other
            print(type(x).__name__, x)
        except TypeError as e:
            print(e)
        try:
            print(make() + other)
        except TypeError as e:
            print(e)


class F(frozenset):
    def __iter__(self):
        yield from (1, 2)


class D(dict):
    def __iter__(self):
        yield from (1, 2)


print({1}.isdisjoint(F()), frozenset({1}).isdisjoint(F()), list(dict.fromkeys(F())), list(dict.fromkeys(D({10: 0}))))


class Float(float):
    def __float__(self):
        return 9.5


print(complex(Float(2.5)), complex(Float(2.5), Float(2.5)), float(Float(2.5)), 1j + Float(2.5))


class Bytes(bytes):
    def __bytes__(self):
        return b"other"


print(b"%b" % Bytes(b"ab"), b"%s|" % (Bytes(b"ab"),), bytearray(b"%b") % Bytes(b"ab"))


class Contains(list):
    __getattribute__ = list.__contains__


class Equals(int):
    __getattribute__ = int.__eq__


class Plain(list):
    __getattribute__ = list.__getattribute__


print(Contains(["a"]).a, Contains().b, Equals(3).x, Plain([1]).copy())
Plain.__getattribute__ = list.__contains__
print(Plain(["a"]).a)
