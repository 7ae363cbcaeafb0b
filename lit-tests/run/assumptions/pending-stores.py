# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a call that is done in place stores waits for its end: what is read behind a store sees what the store, and a death that it brings, have done.
class r1_G:
    def __init__(self): self.cells = [0, 0]; self.goal = [1, 0]
    def put(self, i, v):
        self.cells[i] = v
        return self.cells == self.goal
def r1_go(n):
    g = r1_G()
    for i in range(n): print(g.put(0, 1), g.put(0, 0))
r1_go(3)

class r2_Old:
    def __init__(self, do): self.do = do
    def __del__(self): self.do()
class r2_A:
    def __init__(self): self.n = 1; self.x = None
    def f(self, a):
        n = self.n
        self.x = a
        return self.n + n
    def g(self, a):
        self.x = a
        return self.x
    def h(self, a, lst):
        self.x = a
        if lst: return 1
        return 2
    def k(self, a, d: dict):
        self.x = a
        return 1 in d
    def e(self, a, l, m):
        self.x = a
        return l == m
    def p(self, c, a):
        n = self.n
        c[0] = a
        return self.n + n
def r2_go(rounds):
    o = r2_A()
    for i in range(rounds):
        o.n = 1; o.x = r2_Old(lambda: setattr(o, "n", 50)); print("f", o.f(0))
        o.x = r2_Old(lambda: setattr(o, "x", 77)); print("g", o.g(0))
        l = [1]; o.x = r2_Old(l.clear); print("h", o.h(0, l))
        d = {1: 1}; o.x = r2_Old(d.clear); print("k", o.k(0, d))
        l = [1]; o.x = r2_Old(l.clear); print("e", o.e(0, l, [1]))
        o.n = 1; c = [r2_Old(lambda: setattr(o, "n", 50))]; print("p", o.p(c, 0))
r2_go(3)

from array import array
class r3_Old:
    def __init__(self, do): self.do = do
    def __del__(self): self.do()
class r3_A:
    def __init__(self): self.x = None; self.arr = array("i", [1])
    def put(self, a):
        arr = self.arr
        self.x = a
        arr[0] = 7
        return 1
def r3_go(n):
    o = r3_A()
    for i in range(n):
        o.arr[0] = 1
        o.x = r3_Old(lambda: print(o.arr))
        o.put(0)
r3_go(3)



class T:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("dies", self.n)


class Tuples:
    def __init__(self):
        self.v = 5

    def get(self, key):
        return self.v

    def __getitem__(self, key):
        return self.v

    def __setitem__(self, key, value):
        self.v = value

    def __contains__(self, key):
        return self.v == 5


def tuples(n):
    g = Tuples()
    for i in range(n):
        print("get", g.get((T(1), T(2))))
        print("item", g[T(1), T(2)])
        g[T(1), T(2)] = i
        print("in", (T(1), T(2)) in g)


tuples(3)
