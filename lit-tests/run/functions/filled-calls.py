# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Calls that leave parameters to their defaults, name them, or go through static and class methods, from sites that
# have made the same call before: what was learnt must not outlive a change of the function or the class.


def f(a, b=2, c=3):
    return a, b, c


def g(a, /, b, *, c=30, d):
    return a, b, c, d


def many(a, b=1, c=2, d=3, e=4, f=5, g=6):
    return a, b, c, d, e, f, g


def rest(a, b=2, *args, k=9, **kw):
    return a, b, args, k, kw


def attempt(call):
    try:
        print(call())
    except TypeError as e:
        print("TypeError:", e)


for change in range(4):
    print(f(1), f(1, 20), f(1, c=5), f(b=7, a=0), f(*[4, 5]), f(**{"a": 8}))
    if change == 0:
        f.__defaults__ = (200, 300)
    elif change == 1:
        f.__code__ = (lambda a, b=0, c=0: (a, "new", b, c)).__code__
    elif change == 2:
        f.__defaults__ = (1, 2, 3)
attempt(lambda: f())
f.__defaults__ = None
attempt(lambda: f(1))
attempt(lambda: f(1, 2, 3, 4))

for change in range(3):
    attempt(lambda: g(1, 2, d=4))
    attempt(lambda: g(1, b=2, d=4, c=5))
    attempt(lambda: g(1, 2))
    attempt(lambda: g(1, a=2, b=3, d=4))
    if change == 0:
        g.__kwdefaults__ = {"d": 40}
    elif change == 1:
        del g.__kwdefaults__
attempt(lambda: many(0))
attempt(lambda: many(0, g=7, c=8))
attempt(lambda: many(0, 1, b=2))
attempt(lambda: many(0, z=2))
attempt(lambda: rest(0))
attempt(lambda: rest(0, 1, 2, k=3, z=4))


class A:
    def __init__(self, x, y=5, *, z=6):
        self.xyz = x, y, z

    def m(self, a, b="b"):
        return self.xyz, a, b

    @staticmethod
    def s(a, b="s"):
        return a, b

    @classmethod
    def c(cls, a, b="c"):
        return cls.__name__, a, b


class B(A):
    @staticmethod
    def s(a, b="other"):
        return a, b


def visit(o):
    return o.m(1), o.m(1, b=2), o.m(a=3), o.s(1), o.s(1, b=2), o.c(1), o.c(a=4)


a = A(0)
for o in a, B(1, 2), a, B(1, z=3), A(y=1, x=2):
    print(*visit(o))
a.s = lambda a, b="instance": (a, b)
a.c = lambda a, b="instance": (a, b)
print(*visit(a), *visit(A(3)))
A.s = lambda self, a, b="method": (type(self).__name__, a, b)
A.c = staticmethod(lambda a, b="static": (a, b))
A.m.__defaults__ = ("changed",)
for o in a, B(1), A(4):
    print(*visit(o))
attempt(lambda: A())
attempt(lambda: A(1, 2, 3))
attempt(lambda: A(1, w=3))
attempt(lambda: a.m())
attempt(lambda: a.m(1, a=2))


class Counted:
    def __del__(self):
        print("del")


def shared(a, b=Counted()):
    pass


for i in range(3):
    shared(i)
shared.__defaults__ = None
print("end")
