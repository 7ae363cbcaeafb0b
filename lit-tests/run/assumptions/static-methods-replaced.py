# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Static and class methods, and functions that classes are asked for, are done in place: what is found under the name changes, and its sort.
class S:
    limit = 3
    def __init__(self, v): self.v = v
    @staticmethod
    def add(a, b=2): return a + b
    @classmethod
    def cap(cls, a): return a if a < cls.limit else cls.limit
    def both(self, a): return self.add(a, self.v)
    def later(self, a): return self.add(a * len("ab"), b=self.v)


class T(S):
    limit = 5


def all_ways(n, s, change=None):
    found = []
    for i in range(n):
        if change: change(i, s)
        for call in calls:
            try: found.append(call(s, i))
            except TypeError as e: found.append(str(e))
    return found


def of_class(s, i): return S.add(i) + S.add(i, b=1) + S.add(b=i, a=3)
def capped(s, i): return S.cap(i) * 10 + T.cap(i)
def of_instance(s, i): return s.both(i) + s.later(i)
def explicit(s, i): return S.both(s, i) + T.both(s, a=i)
def named(s, i): return s.cap(i + 2), s.add(i, i)
calls = [of_class, capped, of_instance, explicit, named]
print(all_ways(3, S(1)))
print(all_ways(3, T(2)))


def replace(i, s):
    if i == 1: S.add = staticmethod(lambda a, b=5: (a, b)[0] * 2)
    if i == 2: S.add = lambda *a, **k: len(a) * 100 + len(k)
    if i == 3: S.add = classmethod(lambda cls, a, b=7: a + b + cls.limit)
    if i == 4: s.add = lambda a, b=1: a - b
    if i == 5: del s.add; S.add = staticmethod(kept.__func__)
    if i == 6: T.add = lambda self, a, b=3: a * b * self.limit
    if i == 7: del T.add; S.limit = 0.5
    if i == 8: S.cap = staticmethod(lambda a: -a)
    if i == 9: S.cap = lambda a: -2 * a
    if i == 10: S.cap = kept_cap; T.limit = 1
    if i == 11: S.both, S.limit = S.later, 3
    if i == 12: S.both = staticmethod(lambda *a, **k: len(a) + len(k))
    if i == 13: S.both, T.limit = kept_both, 5
    if i == 14: kept.__func__.__code__ = (lambda a, b: a * b).__code__
    if i == 15: kept.__func__.__code__ = code
    if i == 16: kept.__init__(max)
    if i == 17: kept.__init__(original); S.add = kept
kept, kept_cap, kept_both = S.__dict__["add"], S.__dict__["cap"], S.both
original, code = kept.__func__, kept.__func__.__code__
for o in S(1), T(2):
    print(*all_ways(19, o, replace), sep="\n")


# Subclasses that have another sort of method under the name, and classes that share it.
class A:
    @staticmethod
    def m(x): return x + 1
    def go(self, x): return self.m(x)
class B(A):
    @classmethod
    def m(cls, x): return x * 10
class C(A):
    def m(self, x): return x * 100
class D(A):
    @staticmethod
    def m(x, y=3): return x * y
def sorts(n):
    objects, t = [A(), B(), C(), D()], 0
    for i in range(n):
        o = objects[i % 4]
        t += o.go(i) + o.m(i) + A.m(i) + B.m(i) + D.m(i)
    return t, C.m(None, 2)
print(sorts(40))


# Metaclasses have a say before.
class Meta(type):
    def __getattribute__(cls, name):
        if name == "m" and Meta.on: return lambda x: "meta"
        return super().__getattribute__(name)
    on = False
class E(metaclass=Meta):
    @staticmethod
    def m(x): return x + 1
def metas(n):
    r = []
    for i in range(n):
        if i == 2: Meta.on = True
        r.append(E.m(i))
    return r
print(metas(4))
class Plain(type): pass
class F(metaclass=Plain):
    @staticmethod
    def m(x): return x + 1
def described(n):
    r = []
    for i in range(n):
        if i == 2: Plain.m = property(lambda cls: lambda x: "described")
        r.append(F.m(i))
    return r
print(described(4))


# The name of the class itself means something else.
def rebound(n):
    global A
    r, kept = [], A
    for i in range(n):
        if i == 3: A = D()
        if i == 5: A = kept
        r.append(A.m(i))
    return r
print(rebound(7))


# What an argument does while the method has been looked up already.
def during(n):
    r = []
    def change(i):
        if i == 2: A.m = staticmethod(lambda x: -x)
        if i == 4: A.m = lambda *a: len(a)
        return i
    a = A()
    for i in range(n): r.append((A.m(change(i)), A.m(i + len("a")), a.go(i)))
    return r
print(*during(6), sep="\n")
