# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Code that is made of a tree, or by code.replace(), has bytecode, and marshal writes and reads it as CPython's.
import ast
import dis
import io
import marshal
import types

text = """\
def f(a, b=2, *c, d, **e):
    def g(x):
        nonlocal a
        a += x
        return [a, b, c, d, sorted(e), z]
    z = a
    return g
class C:
    "text"
    n = frozenset({1}), 1.5, 2j, "ä", b"x", None, ..., 10**30
    def m(self): return __class__
try:
    made = f(1, 3, 4, d=5, k=6)(10), C().m() is C
except NameError as error:
    made = error
"""
direct = compile(text, "t.py", "exec")
tree = compile(ast.parse(text), "t.py", "exec")
print(direct == tree, direct.co_code == tree.co_code, direct.co_linetable == tree.co_linetable)
out = io.StringIO()
dis.dis(compile(ast.parse("x = [1, y]"), "", "exec"), file=out)
print(out.getvalue())
kept = marshal.dumps(tree)
loaded = marshal.loads(kept)
print(chr(kept[0] & 127), loaded == tree, loaded.co_names, [type(c).__name__ for c in loaded.co_consts])
for code in tree, loaded:
    ns = {}
    exec(code, ns)
    print(ns["made"], ns["C"].n, ns["f"].__code__.co_varnames, ns["f"].__code__.co_cellvars, ns["C"].__doc__)
one = compile("made = 5", "one.py", "exec").replace(co_consts=(6, direct.co_consts[0], None))
ns = {}
exec(marshal.loads(marshal.dumps(one)), ns)
print(ns["made"])
