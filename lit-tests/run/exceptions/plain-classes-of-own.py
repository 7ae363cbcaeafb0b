# RUN: krait run -O0 %s 2>&1 | diff %s.out -
# RUN: krait run -O2 %s 2>&1 | diff %s.out -
# RUN: krait-interp %s 2>&1 | diff %s.out -
# Exceptions of classes that add nothing to how they are made: their arguments are what they were called with.
import pickle
import sys


class Plain(Exception):
    pass


class Below(Plain, ValueError):
    limit = 3


class Reads(Exception):
    @property
    def first(self):
        return self.args[0]


class New(Exception):
    def __new__(cls, *args):
        self = super().__new__(cls, *args)
        self.new = args
        return self


class Inits(Exception):
    def __init__(self, a, b=2):
        super().__init__(a)
        self.b = b


class File(OSError):
    pass


class Key(KeyError):
    pass


class Stop(StopIteration):
    pass


class Group(ExceptionGroup):
    pass


def told(call):
    try:
        e = call()
        return type(e).__name__, e.args, str(e), repr(e), vars(e)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


for _ in range(2):
    for cls in (Plain, Below, Reads, New, Inits, File, Key, Stop, Group):
        print(cls.__name__, told(lambda: cls()), told(lambda: cls("a")), told(lambda: cls("a", 2)), told(lambda: cls(1, "two", "three")), told(lambda: cls(*range(5))), told(lambda: cls("a", b=3)), told(lambda: cls(**{"x": 1})))
    Plain.__init__ = lambda self, *args, **kw: print("init", args, kw)
    print(told(lambda: Plain("b")), told(lambda: Below("b", x=1)))
    del Plain.__init__
    Plain.__new__ = lambda cls, *args: Exception.__new__(cls, "new", *args)
    print(told(lambda: Plain("b")), told(lambda: Below("b")))
    del Plain.__new__
    print(told(lambda: Plain("c")), told(lambda: Below("c")))


def raises(n):
    if n % 3 == 0:
        raise Plain(n)
    if n % 3 == 1:
        raise Below
    raise Reads(n, "more")


def caught(n):
    seen = []
    for i in range(n):
        try:
            raises(i)
        except Below as e:
            seen.append(("below", e.args, e.limit))
        except Plain as e:
            seen.append(("plain", e.args, e.__traceback__.tb_next.tb_lineno - raises.__code__.co_firstlineno))
        except Reads as e:
            seen.append((e.first, e.__context__))
    return seen


print(caught(6))
e = Plain("kept", [1])
print(pickle.loads(pickle.dumps(e)).args, sys.getrefcount(e), e.__reduce__()[1])


def chained():
    try:
        raise Plain(1)
    except Plain as first:
        try:
            raise Below(2) from first
        except Below as second:
            return second


e = chained()
print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)


class Dies:
    def __del__(self):
        print("dies")


try:
    raise Plain(Dies())
except Plain:
    print("caught")
print("after")
