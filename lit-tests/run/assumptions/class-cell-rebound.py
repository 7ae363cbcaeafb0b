# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# `nonlocal __class__` changes what super() finds, while the program runs.
class A:
    def __init__(self, x):
        self.x = x
    def m(self): return 1
class B(A):
    def __init__(self, x):
        super().__init__(x)
    def m(self): return super().m() + 1
    def change(self, c):
        nonlocal __class__
        __class__ = c
class C(A):
    def m(self): return 10
class D(B, C):
    pass
def work(o, n):
    t = 0
    for i in range(n):
        t += o.m()
    return t
d = D(1); b = B(1)
print(work(d, 3), work(b, 3))
b.change(C)
print(work(d, 3))
try: print(work(b, 3))
except TypeError as e: print(e)
