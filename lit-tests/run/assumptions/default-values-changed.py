# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Named arguments and default values of calls that are done in place, and functions whose defaults, code or parameters change.
from dataclasses import dataclass


def g(x, y=None, k=2):
    if y is None:
        y = 1
    return x * k + y


def changed_defaults(n):
    s = []
    for i in range(n):
        if i == 4: g.__defaults__ = (10, 20)
        if i == 6: g.__defaults__ = (0.5, 2)
        if i == 8: g.__defaults__ = (1, 2, 3)
        if i == 10: g.__defaults__ = (7,)
        if i == 12: g.__defaults__ = ("t", "u")
        if i == 14: del g.__defaults__
        if i == 16: g.__defaults__ = (None, 2)
        try: s.append((g(i), g(i, k=3), g(y=i, x=2), g(i, None), g(i, 2.5)))
        except TypeError as e: s.append(str(e))
    return s
print(*changed_defaults(18), sep="\n")


def changed_code(n):
    def other(x, k=2, y=None): return (x, k, y)
    def shorter(y, x=5): return (x, y)
    s, code = [], g.__code__
    for i in range(n):
        if i == 3: g.__code__ = other.__code__
        if i == 5: g.__code__ = shorter.__code__
        if i == 7: g.__code__ = code
        try: s.append((g(i, k=3), g(y=i, x=2)))
        except TypeError as e: s.append(str(e))
    return s
print(*changed_code(9), sep="\n")


class C:
    def __init__(self, v, step=1): self.v, self.step = v, step
    def m(self, a, flag=False, by=1.5):
        if flag: return a + self.v
        return a * by


class D(C):
    def m(self, flag, a=5, by=2): return (flag, a, by)


def methods(n, objects):
    s = []
    for i in range(n):
        c = objects[i % len(objects)]
        if i == 4: C.m.__defaults__ = (True, 2)
        if i == 6: C.m = lambda self, by=3, a=1, flag=None: (by, a, flag)
        if i == 8: c.m = lambda **kw: sorted(kw.items())
        try: s.append((c.m(a=i, flag=True), c.m(i), c.m(by=0.5, a=i), c.v, c.step))
        except TypeError as e: s.append(str(e))
    return s
print(*methods(3, [C(1), D(2), C(3, step=0.5)]), sep="\n")
print(*methods(10, [C(v=1, step=2)]), sep="\n")


@dataclass
class P:
    x: float
    y: float = 2.0
    z: int = 3


def points(n):
    s = []
    for i in range(n):
        if i == 4: P.__init__.__defaults__ = (0.5, 1)
        if i == 6: P.__init__.__defaults__ = (None, [])
        if i == 8: P.__init__.__defaults__ = ()
        p = None
        try:
            p, q = P(x=i * 0.5, z=1, y=i), P(z=2, x=1.5)
            s.append((p.x + p.y * p.z, q.x * q.z, q.y, P(2.5).z))
        except TypeError as e: s.append((str(e), p))
    return s
print(*points(10), sep="\n")


def wrong(n):
    s = []
    for call in [lambda i: g(), lambda i: g(i, x=1), lambda i: g(i, w=1), lambda i: g(y=i), lambda i: C(step=2), lambda i: C(1, v=2), lambda i: P(1, x=2)]:
        for i in range(n):
            try: s.append(call(i))
            except TypeError as e: s.append(str(e))
    return s
print(*wrong(2), sep="\n")


# What arguments and defaults are evaluated in, and die in.
class Loud:
    def __init__(self, name): self.name = name
    def __del__(self): print("-", self.name, end=" ")
    def value(self): print("+", self.name, end=" "); return 1
def taken(a, b, c=3): return c
def deaths(n):
    for i in range(n): print(taken(c=i, b=Loud("b"), a=Loud("a")), taken(b=Loud("d").value(), a=Loud("e").value()))
    for i in range(n): print(taken(Loud("f"), c=Loud("g") and 1, b=Loud("h")))
deaths(2)


def kept(x, into=[], scale=1):
    into.append(x * scale)
    return len(into)
def made(n):
    return [kept(i) + kept(i, scale=2) for i in range(n)] + [kept(1, into=[])], kept.__defaults__
print(made(3))


def outer(k):
    def inner(x, by=k): return x * by
    return inner
double, triple = outer(2), outer(3)
def closures(n): return sum(double(i) + triple(i) + double(i, by=0.5) for i in range(n))
print(closures(5))


def big(x, k=1 << 62, name="n", pair=(1, 2)): return x + k if name == "n" else pair
def bigs(n): return [big(i) for i in range(n)] + [big(i, name="") for i in range(n)] + [big(0.5), big(1, 2)]
print(bigs(2))
