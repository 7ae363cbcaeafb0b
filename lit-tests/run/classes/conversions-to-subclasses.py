# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# str(x) and bytes(x) are calls of a class: where __str__ or __bytes__ gives an instance of a subclass, its __init__ is called with x.
# int, float and complex give their own instances.
import warnings

warnings.simplefilter("ignore")


def subclass_of(base):
    class Sub(base):
        def __init__(self, *args, **named):
            print("init", [type(a).__name__ for a in args], list(named))

    return Sub


s, b, i, f, c = (subclass_of(t)(v) for t, v in ((str, "e"), (bytes, b"e"), (int, 1), (float, 1.5), (complex, 1j)))


class E:
    __str__ = __repr__ = lambda self: s
    __bytes__ = lambda self: b
    __int__ = __index__ = __trunc__ = lambda self: i
    __float__ = lambda self: f
    __complex__ = lambda self: c


class R:
    __repr__ = lambda self: s


class Plain(str):
    pass


class P:
    __str__ = lambda self: Plain("p")


class Wrong(str):
    def __init__(self, *args):
        if not isinstance(args[0], str):
            raise KeyError("init")


class W:
    __str__ = lambda self: Wrong("w")


def show(x):
    print(type(x).__name__, x is s, x is b, x is i, x is f, x is c)


print("str")
show(str(E()))
show(str(R()))
show(str(object=E()))
show(str(P()))
show(list(map(str, [E()]))[0])
try:
    str(W())
except KeyError as e:
    print(repr(e))
print("bytes")
show(bytes(E()))
show(list(map(bytes, [E()]))[0])
print("int", type(int(E())), "float", type(float(E())), "complex", type(complex(E())))
print("no call of the class")
show(repr(E()))
show(format(E()))
show("%s" % E())
show(str.__new__(str, E()))
print("any call of the class")
for t in str, bytes, int, float, complex:
    print(t.__name__)
    show(type.__call__(t, E()))
    show(t(*[E()]))
