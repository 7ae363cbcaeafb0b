# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Calls of which only the truth is asked: new instances, results whose class says, and where that fails.
class T:
    def __init__(self, v): self.v = v
    def __bool__(self):
        print('bool', self.v)
        return self.v > 1
    def __del__(self): print('del', self.v)
class L(T):
    __bool__ = None
class N:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
    def __eq__(self, o): return T(self.n)
    def __lt__(self, o): return N(self.n - o.n)
    def me(self): return self
    def other(self): return N(self.n - 1)
    def num(self): return self.n
def make(v): return T(v)
def mk(n): return N(n)
def run(k):
    out = []
    for i in range(k):
        if make(i): out.append('a')
        if mk(i): out.append('b')
        if N(i): out.append('c')
        if N(i).me(): out.append('d')
        if N(i).other() if i else 0: out.append('e')
        if N(i) == N(2): out.append('f')
        if N(i) < N(1) if i > 1 else 1: out.append('g')
        while not N(i): out.append('h'); break
        if N(i).num() and N(i - 1 if i else 0): out.append('i')
        out.append(N(i) and 'j' or 'k')
        out.append(not N(i))
    return out
for k in (3, 4): print(run(k))
try: run(-1); N(-1) and 2
except ValueError as e: print(e)
import traceback, sys
class B:
    def __init__(self, x): self.x = x
    def __bool__(self): return self.x / 0
    def get(self): return self
    def new(self): return B(2)
def t1():
    if (B(1)
         ): return 3
def t2():
    b = B(1)
    if b.get(): return 3
def t3():
    b = B(1)
    while b.new(): return 3
def t4():
    b = B(1)
    return not b.new()
def t5():
    return [1 for x in range(3) if B(x)]
def t6():
    assert B(1).new(), 5
def mk2(x): return B(x)
def t7():
    return 5 if mk2(3) or mk2(2) else 1
def t8():
    return mk2(3) or mk2(2)
def t9():
    return 5 if L(2) else 1
for _ in range(2):
  for f in (t1, t2, t3, t4, t5, t6, t7, t8, t9):
    try: f()
    except Exception: print(traceback.format_exc().replace(__file__, 'FILE'), end='')
    else: print('none', f.__name__)
class Len:
    def __init__(self, x): self.x = x
    def __len__(self): return self.x
def t10(v):
    if Len(v): return 1
    return 0
for v in (0, 1, 2**70, -1, 'x'):
    try: print(t10(v))
    except Exception as e: print(type(e), e)
