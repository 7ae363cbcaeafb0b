# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# What property, staticmethod and classmethod tell classes below them when they are made.
class P(property):
    def __setattr__(self, n, v): print('set', n, v); super().__setattr__(n, v)
def g(self): 'gdoc'
def h(self): pass
for a in ((), (g,), (h,), (g, None, None, 'given'), (None, None, None, 'given'), (h, None, None, 'given')):
    p = P(*a); print([getattr(x, '__name__', x) for x in a], p.__dict__, p.__doc__)
class Q(property): __slots__ = ()
class R(property): 'class doc'
for T in (Q, R):
    for a in ((), (g,), (h,), (g, None, None, 'given')):
        try: p = T(*a); print(T.__name__, p.__doc__)
        except Exception as e: print(T.__name__, type(e).__name__, e)
p = R(g, doc='mine'); print(p.getter(h).__doc__, R(g).getter(h).__doc__, R(g).setter(h).__doc__)
class SM(staticmethod):
    def __setattr__(self, n, v): print('set', n); super().__setattr__(n, v)
class CM(classmethod):
    def __setattr__(self, n, v): print('set', n); super().__setattr__(n, v)
s = SM(g); print(s.__dict__); c = CM(g); print(c.__dict__)
class SMb(staticmethod):
    def __setattr__(self, n, v): raise ValueError(n)
try: SMb(g)
except ValueError as e: print(e)
