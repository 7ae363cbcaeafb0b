# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A KeyError behind ** is a repeated keyword only where CPython has not made it an instance: nobody raised it in Python, no handler has
# seen it, and nothing was being handled.
def tr(f,*a,**k):
    try: print('->', f(*a,**k))
    except BaseException as e: print(type(e).__name__, e, repr(e.__context__))
class Mp:
    def __init__(s, g): s.g=g
    def keys(s): return ['a']
    def __getitem__(s,k): return s.g(k)
def f(**k): return k
def ra(k): raise KeyError(k)
def rc(k): raise KeyError
def rn(k): raise KeyError(1,2)
def rl(k): return {}['q']
def rh(k):
    try: return {}['q']
    except KeyError: raise
def rf(k):
    try: return {}['q']
    finally: pass
def rw(k):
    with open('/dev/null'): return {}['q']
def ctx(k):
    try: 1/0
    except ZeroDivisionError: return {}['q']
def pop(k): return {}.pop('q')
def st(k): return set().remove('q')
def nt(k): return {}[(1,)]
def nt2(k): return {}[(1,2)]
def ge(k): return next(x for x in [1] if {}['q'])
def de(k): return [{}['q'] for x in [1]]
class KS(KeyError): pass
def sub(k): raise KS('s')

def mp(k): return list(map({}.__getitem__,['q']))
def lam(k): return (lambda: {}['q'])()
for g in (ra,rc,rn,rl,rh,rf,rw,ctx,pop,st,nt,nt2,ge,de,sub,mp,lam,{}.__getitem__,set().remove):
    print(getattr(g,'__name__',g)); tr(lambda: f(**Mp(g))); tr(lambda: f(x=1,**Mp(g))); tr(lambda: dict(**Mp(g))); tr(lambda: f(a=1,**{'a':2})); tr(lambda: f(**{'a':1},**{'a':2}))
    try: 1/0
    except ZeroDivisionError: tr(lambda: f(**Mp(g)));  tr(lambda: f(a=1,**{'a':2})); tr(lambda: f(**{'a':1},**{'a':2}))
class D2(dict): pass
tr(lambda: f(**Mp(D2().__getitem__)))
class D3(dict):
    def __missing__(s,k): raise KeyError(k)
tr(lambda: f(**Mp(D3().__getitem__)))
