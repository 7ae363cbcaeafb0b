# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a class's own __next__ raises comes out of next() as it is; a descriptor that is its own __get__ is called, not bound;
# and/or ask each operand for its truth once, however deep they are nested.
class Stop2(StopIteration): pass
class It:
    def __init__(self, e): self.e = e
    def __iter__(self): return self
    def __next__(self): raise self.e
for e in (StopIteration(5), Stop2(6), StopIteration(), ValueError(3)):
    try: next(It(e))
    except Exception as x: print(type(x).__name__, x.args, x is e)
    print(next(It(e), 'default') if isinstance(e, StopIteration) else '-')
class D: pass
D.__get__ = D()
class H: d = D()
try: H().d
except Exception as x: print(type(x).__name__, x)
class D2:
    def __call__(self, *a): return ('called', len(a))
D2.__get__ = D2()
class H2: d = D2()
print(H2().d, H2.d)
class E:
    def __init__(self, n, v): self.n, self.v = n, v
    def __bool__(self): print('bool', self.n); return self.v
    def __repr__(self): return self.n
t, f = E('t', True), E('f', False)
print(f and False or False); print(f and t or t); print(t and f or f); print((t or f) and f); print((f or t) and t)
print((f and t) and t); print((t or f) or f); print(((f and t) or f) and t); print((not f and t) or f); print((f and t or f) or t)
print(f and (t or f)); print((t if f else f) or t); print((t and (f or f)) or t); print(f or (t and f) or t)
