# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Attributes set on ast.AST are those of all nodes: methods, operators, hooks for attributes, also where classes of the program's own are nodes.
import ast
ast.AST.parent = None
ast.AST.show = lambda self: ast.dump(self)
def _repr(self): return "<%s>" % ast.dump(self)
n = ast.parse("a = b + 1").body[0]
print(n.parent, n.show(), n.value.left.show())
for p in ast.walk(n):
    for c in ast.iter_child_nodes(p): c.parent = p
print(n.value.left.parent is n.value)
ast.AST.__repr__ = _repr
print(n.value, [n.value.left], str(n.value.right))
ast.AST.__eq__ = lambda a, b: ast.dump(a) == ast.dump(b)
ast.AST.__hash__ = lambda a: hash(ast.dump(a))
print(ast.parse("x+1").body[0] == ast.parse("x + 1").body[0], ast.parse("x").body[0] == ast.parse("y").body[0], len({ast.Name("a"), ast.Name("a")}))
class V(ast.Name):
    def __repr__(self): return "V"
print(V("a"), V("b") == ast.Name("b"))
del ast.AST.__repr__
print(repr(n.value)[:10])
ast.AST.__getitem__ = lambda self, k: getattr(self, k)
print(n["value"]["op"].__class__, ast.AST.__flags__ & (1 << 8))
ast.AST.__getattr__ = lambda self, k: k.upper()
print(n.foo, n.targets[0].id)
ast.AST.__setattr__ = lambda self, k, v: object.__setattr__(self, k, (v,))
n.q = 3
print(n.q)
del ast.AST.__setattr__, ast.AST.__getattr__
n.q = 4
print(n.q, hasattr(n, "foo"), ast.AST.parent, ast.expr.parent)
try:
    del ast.AST.nothing
except AttributeError as e:
    print(e)
ast.AST.__init_subclass__ = classmethod(lambda cls: print("sub", cls.__name__))
class W(ast.expr): pass
compile(ast.parse("print(1)"), "", "exec")
class K(ast.AST):
    def __init__(self, v): self.v = v
    def get(self): return self.v
    def put(self, v): self.v = v
def total(ks):
    s = 0
    for k in ks: s += k.get() + k.v
    return s
ks = [K(i) for i in range(10)]
print(total(ks))
ast.AST.__getattribute__ = lambda self, n: 100 if n == "v" else object.__getattribute__(self, n)
print(total(ks))
del ast.AST.__getattribute__
ast.AST.__setattr__ = lambda self, k, v: object.__setattr__(self, k, v + 1000)
for k in ks: k.put(1)
print(total(ks))
del ast.AST.__setattr__
ast.AST.v = property(lambda self: 7)
print(total(ks))
del ast.AST.v
print(total(ks))
