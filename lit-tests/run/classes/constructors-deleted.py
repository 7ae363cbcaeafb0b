# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Classes that lose __new__ or __init__: arguments are then one too many, as for a class that never had them, and a lost
# __new__ goes on being looked up.
def t(f, *a):
    try: print(f(*a).__class__.__name__)
    except Exception as e: print(type(e).__name__, e)
class C:
    def __new__(cls, *a): return object.__new__(cls)
    def __init__(self, *a): pass
class S(C): pass
class T(C):
    def __init__(self, *a): print("T init", a)
for k in C, S, T: t(k); t(k, 1)
del C.__new__
for k in C, S, T: t(k); t(k, 1)
del C.__init__
for k in C, S, T: t(k); t(k, 1)
class D:
    def __new__(cls, *a): return object.__new__(cls)
t(D); t(D,1)
del D.__new__
t(D); t(D,1)
class E:
    def __init__(self, *a): pass
class F(E): pass
t(E,1); t(F, 1)
del E.__init__
t(E); t(E,1); t(F); t(F,1)
class G(int):
    def __new__(cls, *a): return int.__new__(cls)
t(G, 5)
del G.__new__
t(G, 5); print(G(7)); t(G, 1, 2, 3)
class H(C): pass
t(H); t(H, 1)
class A:
    def __new__(cls, *a): return object.__new__(cls)
class B: pass
class I(A): pass
t(I, 1)
I.__bases__ = (B,)
t(I); t(I, 1)
class J(B): pass
J.__bases__ = (A,)
t(J, 1)
class L(list):
    def __init__(self, *a): pass
print(L([1]))
del L.__init__
print(L([1])); t(L, 1, 2)
class M(type):
    def __call__(cls, *a): return super().__call__(*a)
class N(metaclass=M):
    def __init__(self, a): pass
def mk(*a): return N(*a)
t(mk, 1); t(mk)
del N.__init__
t(mk, 1); t(mk)
