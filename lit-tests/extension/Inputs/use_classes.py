import classes, pickle, copy, weakref, inspect, sys
p = classes.point()
print(p, p.x, p == (1, 2), p._replace(x=5), isinstance(p, tuple), type(p) is classes.Pt, classes.Pt(3, y=4), p._asdict(), classes.Pt._fields, len(p), p[1], list(p))
print(classes.colors(), classes.Color.RED is classes.colors()[0], classes.is_red(classes.Color.RED), classes.Num.TWO + 1, classes.Num(1) is classes.Num.ONE, classes.Color["BLUE"].name, list(classes.Color), {classes.Color.RED: 1}[classes.Color.RED])
l = classes.MyList([1, 2]); l.append(3); print(l, l.double(), len(l), isinstance(l, list), sorted(l, reverse=True), type(l).__doc__)
c = classes.Counter2(); c.bump("a"); c["b"] = 5; c.bump("b"); print(c, dict(c))
class Square(classes.Base, flag=7):
    kind = "square"
    def area(self): return self.v ** 2
    def __repr__(self): return f"Square({self.v})"
class Deep(Square):
    def area(self): return super().area() + 1
    def __init__(self, v, w): super().__init__(v); self.w = w
s = Square(3)
print(s, s.area(), s.describe(), classes.describe(s), Square.flag, classes.Base.registry, isinstance(s, classes.Base), s.v, s.dynamic, len(s))
d = Deep(4, 5); print(d.describe(), d.w, classes.describe(d), Deep.__mro__[1] is Square, super(Square, d).area(), classes.Base.registry)
print(classes.Derived(2).describe(), (classes.Derived(1) + classes.Derived(2)).v)
for o in (classes.Derived(3), classes.D(1, [2]), p, classes.Color.RED, classes.Num.ONE, l):
    q = pickle.loads(pickle.dumps(o))
    print(type(q).__name__, type(q) is type(o), q == o or q.v == o.v)
print(pickle.loads(pickle.dumps(s)).describe(), pickle.loads(pickle.dumps(classes.describe)) is classes.describe, pickle.loads(pickle.dumps(classes.Derived)) is classes.Derived)
print(classes.D(1) < classes.D(2), classes.D(1), classes.D(1) == classes.D(1), copy.copy(classes.D(3, [1])), copy.deepcopy(classes.D(3, [1])))
o = classes.Derived(1); r = weakref.ref(o); print(r() is o); del o; print(r())
print(inspect.isclass(classes.Base), inspect.signature(classes.Base.__init__), inspect.getdoc(classes.Base), [n for n, _ in inspect.getmembers(classes.Derived(1), callable) if not n.startswith("_")])
class HostErr(classes.Err):
    def __init__(self): super().__init__(9, "host"); self.extra = 1
def f(): raise HostErr()
try: classes.raise_(classes.Err(3, "three"))
except classes.Err as e: print(e.code, e, e.args)
print(classes.catch(lambda: classes.raise_(classes.Err(3, "three"))))
print(classes.catch(f))
with classes.Ctx() as x: print(x); raise KeyError
print(classes.fib(50), classes.fib.cache_info().hits)
print(classes.WithMeta.hello(), type(classes.WithMeta).__name__)
Square.kind = "changed"; print(s.describe()); classes.Base.area = lambda self: -1; print(classes.Base(1).describe()); 
class Mix:
    def mixed(self): return "mixed" + str(self.v)
class Both(Mix, classes.Derived): pass
print(Both(2).mixed(), Both(2).describe())
