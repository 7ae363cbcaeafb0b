# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# symtable: the scopes of our own analysis are those of CPython.
import symtable, sys, textwrap
def show(t, depth=0):
    print("  " * depth, t.get_type(), t.get_name(), t.get_lineno(), t.is_nested(), t.is_optimized(), t.has_children())
    raw = t._table
    print("  " * depth, {k: raw.symbols[k] for k in sorted(raw.symbols)}, raw.varnames)
    for c in t.get_children(): show(c, depth + 1)
src = '''
import os, a.b as ab
from m import *
x: int = 3
global gg
def f(p, *args, q=1, **kw):
    global gg2
    y = p + free_g
    def inner(z):
        nonlocal y
        y += z
        return [i for i in args if i in (lambda w=1: w + y)()]
    class C(Base):
        attr = y
        y = 2
        def m(self): return __class__, super(), attr, self.__priv
        __priv = 1
    del p
    try: pass
    except E as e: e
    for t, u in v: pass
    with o as n: pass
    return {k: v for k, v in {}}, {s for s in ()}, (g for g in inner(1))
async def co():
    async for x in y: await z
    return [w async for w in q if (ww := w)]
@deco
def d(a: int, /, b: str = "x") -> list: yield a
match 1:
    case [aa, *bb, {"k": cc, **dd}] as ee: pass
'''
show(symtable.symtable(src, "f.py", "exec"))
show(symtable.symtable("lambda x: [y for y in x]", "f.py", "eval"))
for bad in ("x = (", "exec"), ("def f():\n global x\n x = 1; nonlocal x", "exec"), ("a", "zz"):
    try: symtable.symtable(bad[0], "f", bad[1])
    except Exception as e: print(type(e).__name__, e)
for name in sorted(vars(symtable._symtable)):
    v = getattr(symtable._symtable, name)
    if isinstance(v, int): print(name, v)
