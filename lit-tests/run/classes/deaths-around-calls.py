# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A receiver that nobody else has dies first of a method's variables, a constructor's arguments behind them, the old value of `v += f()`
# behind what f returned, and the last of two variables that are assigned at once before the first.
class K:
    def __init__(self, n, *a): self.n = n
    def __del__(self): print("-", self.n)
    def m(self): x = K(9)
    def m1(self, o): x = K(9)
    def mv(self, *a): x = K(9)
    def mk(self, o, *, k): x = K(9)
    def md(self, o=None): x = K(9)
    def fail(self, o): x = K(9); raise ValueError
    def big(self, o):
        x = K(9)
        for i in range(3): x = K(10 + i)
        y = [x, x, x, x, x, x, x, x, x, x, x, x]
        y.append(1); y.append(1); y.append(1); y.append(1); y.append(1); y.append(1); y.append(1); y.append(1); y.append(1); y.append(1)
    @property
    def p(self): x = K(9)
    @p.setter
    def p(self, v): x = K(9)
    def __getitem__(self, o): x = K(9)
    def __setitem__(self, o, v): x = K(9)
    def __add__(self, o): x = K(9)
    def __eq__(self, o): x = K(9)
    def __bool__(self): x = K(9); return True
    def __len__(self): x = K(9); return 1
    def __call__(self, *a): x = K(9)
    def __iter__(self): x = K(9); return iter(())
    def __enter__(self): x = K(9)
    def __exit__(self, *a): x = K(8)
    def __getattr__(self, n): x = K(9); return 1
    def __str__(self): x = K(9); return "s"
    @classmethod
    def c(cls, o): x = K(9)
    @staticmethod
    def s(o): x = K(9)
    def gen(self, o):
        x = K(9)
        yield 1
def t(n): return K(n)
def f(o): x = K(9)
def go(what):
    print(what.__name__)
    what()
class A:
    def __init__(self, a): x = K(9)
    def __del__(self): print("-A")
class B:
    def __init__(self, a, b):
        x = K(9); self.a = a
    def __del__(self): print("-B")
class E(B):
    def __init__(self, a, b=None, *, k=None):
        super().__init__(a, b)
        x = K(7)
    def __del__(self): print("-E")
class N:
    def __new__(cls, a): x = K(9); return object.__new__(cls)
    def __del__(self): print("-N")
class X(Exception):
    def __init__(self, a): x = K(9); raise ValueError
def r1(): K(5).m()
def r2(): K(5).m1(K(6))
def r3(): t(5).m1(t(6))
def r4(): t(5).mv(t(6))
def r5(): t(5).mk(t(6), k=t(7))
def r6(): t(5).md()
def r7():
    try: t(5).fail(t(6))
    except ValueError: pass
def r8(): t(5).big(t(6))
def r9(): t(5).p
def r10(): t(5).p = t(6)
def r11(): t(5)[t(6)]
def r12(): t(5)[t(6)] = t(7)
def r13(): t(5) + t(6)
def r14(): t(5) == t(6)
def r15(): 
    if t(5): pass
def r16(): len(t(5))
def r18():
    for i in t(5): pass
def r19():
    with t(5): pass
def r20(): t(5).zork
def r21(): str(t(5))
def r22(): t(5).c(t(6))
def r23(): t(5).s(t(6))
def r24(): list(t(5).gen(t(6)))
def r25():
    for i in t(5).gen(t(6)): pass
def r26(): A(t(6))
def r27(): B(t(6), t(7))
def r28(): E(t(6), t(5))
def r29(): E(t(6), k=t(5))
def r30(): N(t(6))
def r31():
    try: X(t(6))
    except ValueError: pass
def r32(): f(t(6))
def r33(): f(o=t(6))
def r34(): f(*[t(6)])
def r35(): f(**{"o": t(6)})
def r36(): t(5).m1(*[t(6)])
def r37(): t(5).m1(o=t(6))
def r38(): f"{t(5)} {t(6)}"
def r39(): print(t(5), t(6))
def r40(): sorted([t(1), t(2)], key=f2)
def f2(a): x = K(9); return 1
def r41(): list(map(f2, [t(1), t(2)]))
def r42(): [f2(t(i)) for i in range(2)]
def r43(): {f2(t(i)): t(i) for i in range(2)}
def r44(): (lambda a, b: a)(t(1), t(2))
def r45(): m = t(5).m1; m(t(6))
def r46():
    a = t(5)
    a.m1(t(6))
    a = a.m()
def r47():
    a = A(t(6))
    a = A(t(7))
def r48():
    a, b = t(1), t(2)
    a, b = t(3), t(4)
def r49():
    a = [t(1), t(2)]
    a[0] = t(3)
    del a[1]
    a[:] = [t(4)]
def r50():
    def inner(a, b=t(3)):
        x = K(9)
        return lambda: a
    inner(t(5))()
def r51():
    try: f()
    except TypeError: pass
    try: f(t(1), t(2))
    except TypeError: pass
    try: f(t(1), z=t(2))
    except TypeError: pass
    try: f(t(1), o=t(2))
    except TypeError: pass
    try: f(*[t(1), t(3)], o=t(2))
    except TypeError: pass
    try: t(5).mk(t(1), t(2), t(3))
    except TypeError: pass
    try: t(5).mk(t(1))
    except TypeError: pass
    try: t(5).mk(t(1), z=t(4))
    except TypeError: pass
def r52():
    try: A()
    except TypeError: pass
    try: A(t(1), t(2))
    except TypeError: pass
    try: A(t(1), z=t(2))
    except TypeError: pass
    try: B(t(1), z=t(2))
    except TypeError: pass
def r53():
    v = t(1)
    v += t(2)
    v = t(1)
    v *= 5 if 0 else t(3)
K.__mul__ = K.__add__
def r54():
    v = t(1)
    w = v
    v += t(2)
def r55():
    d = {}
    d["a"] = t(1)
    d["a"] += t(2)
    class Q: pass
    q = Q()
    q.a = t(1)
    q.a += t(2)
def r56():
    v = t(1)
    def g():
        nonlocal v
        v += t(2)
    g()
def r57():
    global gv
    gv = t(1)
    gv += t(2)
    del gv
def r58():
    t(1) < t(2)
    t(1) if t(2) else 5
    t(1) and t(2) and t(3)
    t(1) == t(2) == t(3)
K.__lt__ = lambda a, b: True
def r59():
    -t(1)
K.__neg__ = lambda a: K(44)
def r60():
    t(1)[t(2):t(3)]
    t(1)[t(2):t(3)] = t(4)
    del t(1)[t(2)]
K.__delitem__ = lambda a, b: None
def r61():
    (t(1), t(2))[0]
    [t(1), t(2)][t(3).n - 3]
    {t(1).n: t(2)}[1]
def r62():
    setattr(t(1), "x", t(2))
    getattr(t(1), "x", t(2))
    isinstance(t(1), (K, A))
    max(t(1), t(2), key=f2)
    zip([t(1)], [t(2)])
    dict(a=t(1), b=t(2))
    list((t(1), t(2)))
    tuple([t(1), t(2)])
    [t(1)].append(t(2))
    {}.setdefault("a", t(1))
    {"a": t(1)}.pop("a", t(2))
for n in range(1, 63):
    if n != 17: go(globals()["r%d" % n])
