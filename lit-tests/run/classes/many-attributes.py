# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Instances with more attributes than the order word has places: the order of vars() with deletions, subclasses, __slots__ and a dict that was asked for.
class Many:
    def __init__(self, n):
        self.a0 = n; self.a1 = n; self.a2 = n; self.a3 = n; self.a4 = n; self.a5 = n; self.a6 = n; self.a7 = n
        self.b0 = n; self.b1 = n; self.b2 = n; self.b3 = n; self.b4 = n; self.b5 = n; self.b6 = n; self.b7 = n
        self.c0 = n; self.c1 = n; self.c2 = n
    def late(self):
        self.d0 = 1
        self.d1 = 2
class Child(Many):
    def __init__(self, n):
        self.e0 = n
        super().__init__(n)
        self.e1 = n
class Few:
    def __init__(self): self.x = 1; self.y = 2
    def swap(self):
        del self.x; self.x = 3
class Grown(Few):
    def __init__(self):
        self.g0 = self.g1 = self.g2 = self.g3 = self.g4 = self.g5 = self.g6 = self.g7 = 0
        self.h0 = self.h1 = self.h2 = self.h3 = self.h4 = self.h5 = self.h6 = self.h7 = 0
        super().__init__()
class Grown2(Grown):
    __slots__ = ("s",)
    def __init__(self):
        self.s = 1
        super().__init__()
        self.i0 = self.i1 = 5
        self.h0 = 1
class Two(Many, Few): 
    def __init__(self):
        Few.__init__(self); Many.__init__(self, 2)
for rounds in range(3):
    for o in (Many(1), Child(2), Few(), Grown(), Grown2(), Two()):
        if rounds: del o.__dict__["x" if hasattr(o, "x") else "a3"]
        elif hasattr(o, "a3"): del o.a3
        elif hasattr(o, "x"): o.swap()
        if hasattr(o, "late"): o.late()
        o.a3 = "again"
        if rounds == 2: o.other = 1; del o.a3; o.x = 5
        print(type(o).__name__, list(vars(o).items()))
        o.zz = 1
        print(list(o.__dict__), o.__dict__ == vars(o))
class Other: pass
o = Child(3); o.__class__ = Other; print(list(vars(o))); o.a0 = 9; print(o.a0, vars(o)["a0"])
d = Child(4).__dict__; print(d["e1"], len(d))
import copy, pickle
print(list(vars(copy.copy(Child(1)))), list(vars(copy.deepcopy(Grown2()))))
