# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Instances that hold only numbers are made and die by a short way of their own; those beside it: other attributes, looked-at
# dicts, weak references, finalizers, deleted attributes, classes that die with their last instance.
import gc, sys, weakref
class P:
    def __init__(self, x, y):
        self.x = x
        self.y = y
class Q(P):
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z
class D:
    def __init__(self, x): self.x = x
    def __del__(self): print("del", self.x)
class N:
    def __init__(self, a): self.a = a; self.b = [a]
def make(n):
    r = []
    for i in range(n):
        p = P(i, i * 0.5); q = Q(1, "s" + str(i), p); d = None
        r.append((p.x, q.y, q.z is p))
    return r
print(len(make(1000)), make(3))
D(1); d = D(2); del d
p = P(1, 2); p.__dict__; p.z = 3; print(vars(p)); w = weakref.ref(p); del p; print(w())
p = P(1, 2); del p.x; p.x = 5; print(vars(p))
for i in range(2000): N(i)
print(gc.collect() >= 0, sum(isinstance(o, (P, Q, N)) for o in gc.get_objects()))
def f():
    class T:
        def __init__(self, x): self.x = x
    t = T(1); w = weakref.ref(T); return t, w
t, w = f(); print(w() is type(t)); del t; gc.collect(); print(w())


class Wide(P):  # its slots are more than an order word lists
    def fill(self):
        self.a0 = 0
        self.a1 = 1
        self.a2 = 2
        self.a3 = 3
        self.a4 = 4
        self.a5 = 5
        self.a6 = 6
        self.a7 = 7
        self.a8 = 8
        self.a9 = 9
        self.a10 = 10
        self.a11 = 11
        self.a12 = 12
        self.a13 = 13
        self.a14 = 14
        self.a15 = 15
        self.a16 = 16
        self.a17 = 17
        self.a18 = 18
        self.a19 = 19


def many(n):
    made = []
    for i in range(n):
        made.append(P(i, 0.5))
    return made


first = many(3)
P = Wide  # the same __init__, in a family that the place has met
for o in first + many(3):
    print(type(o).__name__, vars(o))
w = many(1)[0]
w.fill()
print(vars(w))
