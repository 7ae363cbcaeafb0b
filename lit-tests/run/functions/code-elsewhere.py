# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Code of functions run with other globals and builtins, by eval, exec, FunctionType and marshal.
import types, marshal, builtins
def t(name, fn):
    try: r = repr(fn())
    except BaseException as e: r = type(e).__name__ + ': ' + str(e)
    print(name, r[:160])
x = 'module x'
def f(): return x
def g(a, b=2, *c, d=4, **e): return (a, b, c, d, e, x)
def h():
    global y
    y = 5
    return len([1,2]), y
def outer():
    z = 3
    def inner(): return z, x
    return inner
class C:
    def m(self): return x
    def n(self): return __class__
f(); h()
t('ft', lambda: types.FunctionType(f.__code__, {'x': 'own x'})())
t('ft2', lambda: types.FunctionType(g.__code__, {'x': 'own x'}, 'nm', (7,))(1))
d = {'x': 'dx'}
t('ft3', lambda: (types.FunctionType(h.__code__, d)(), d.get('y'), y))
t('ft4', lambda: types.FunctionType(f.__code__, {})())
t('ft5', lambda: types.FunctionType(outer().__code__, {'x': 8}, 'q', None, outer().__closure__)())
t('ft6', lambda: types.FunctionType(outer.__code__, {'x': 8})()())
t('ft7', lambda: types.FunctionType(C.m.__code__, {'x': 8})(1))
t('ft8', lambda: types.FunctionType(f.__code__, {'x': 8}).__globals__)
t('ft9', lambda: types.FunctionType(f.__code__, {'x': 8}).__name__)
t('ft10', lambda: types.FunctionType(h.__code__, {'__builtins__': {'len': lambda v: 'mylen'}})())
t('ft11', lambda: types.FunctionType(h.__code__, {'__builtins__': {}})())
t('ev', lambda: eval(f.__code__, {'x': 'ev'}))
t('ev2', lambda: eval(f.__code__, {'x': 'ev', '__builtins__': {}}))
t('ev3', lambda: eval(h.__code__, {'x': 'ev', '__builtins__': {'len': lambda v: 'L'}}))
t('ev4', lambda: exec(h.__code__, d))
t('ev5', lambda: eval(g.__code__))
t('ev6', lambda: eval(outer().__code__))
t('ev7', lambda: eval(f.__code__))
m = None
def dm():
    global m
    m = marshal.dumps(f.__code__)
    return type(m)
t('marshal', dm)
t('marshal2', lambda: types.FunctionType(marshal.loads(m), {'x': 'marshalled'})())
t('marshal3', lambda: eval(marshal.loads(marshal.dumps(h.__code__)), {}))
t('marshal4', lambda: types.FunctionType(marshal.loads(marshal.dumps(g.__code__)), {'x': 1}, 'g', (5,))(1))
t('marshal5', lambda: types.FunctionType(marshal.loads(marshal.dumps(outer.__code__)), {'x': 1})()())
def gen(n):
    for i in range(n): yield i, x
t('gen', lambda: list(types.FunctionType(gen.__code__, {'x': 1, 'range': lambda n: [n, n]})(3)))
t('genm', lambda: list(types.FunctionType(marshal.loads(marshal.dumps(gen.__code__)), {'x': 1})(3)))
t('compgl', lambda: eval(compile('x', 's', 'eval'), {'x': 'cx'}))
t('compb', lambda: eval(compile('len([1])', 's', 'eval'), {'__builtins__': {'len': lambda v: 'L2'}}))
t('compb', lambda: eval('len([1])', {'__builtins__': types.SimpleNamespace(len=3)}))
t('compb', lambda: eval('len([1])', {'__builtins__': 3}))
t('bi', lambda: eval('__builtins__', {}) is builtins.__dict__)
t('bi', lambda: eval('__builtins__', {'__builtins__': 3}))
t('imp', lambda: eval('__import__("os")', {'__builtins__': {}}))
def ex(s, g):
    exec(s, g); return sorted(k for k in g if k != '__builtins__')
t('imp', lambda: ex('import os', {'__builtins__': {}}))
t('imp', lambda: ex('import os', {'__builtins__': {'__import__': lambda *a: a[0]}}))
t('cls', lambda: ex('class A: pass', {'__builtins__': {}}))
t('cls', lambda: ex('class A: pass', {'__builtins__': {'__build_class__': lambda f, n: n}}))
t('cls', lambda: ex('def f(): return len\nz=f()', {'__builtins__': {'len': 7}}))
t('cls', lambda: ex('print(1)', {'__builtins__': {'print': lambda v: 7}}))
t('cls', lambda: ex('assert 0', {'__builtins__': {}}))
t('code', lambda: f.__code__.replace(co_name='zz').co_name)
t('code', lambda: types.FunctionType(f.__code__.replace(co_name='zz'), {'x':9})())
f.__code__ = gen.__code__.replace(co_name='u')
t('setcode', lambda: list(f(2)))
import functools
def traced(a): return a + x
t('copyfunc', lambda: types.FunctionType(traced.__code__, dict(globals(), x=10), 'c', traced.__defaults__, traced.__closure__)(5))
t('subcls', lambda: type('D', dict, {'__missing__': lambda s,k: k*2})and eval('abc', {}, type('D', (dict,), {'__missing__': lambda s,k: k*2})()))
