# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Methods that a class, a base or the metaclass gets, loses or changes while a loop calls them.
def show(*a): print(*a)
class Base:
    def low(self): return 1
    def high(self): return self.low() + 10
class Thing(Base):
    def __init__(self, v): self.v = v
    def get(self): return self.v
    def twice(self): return self.get() * 2
    def add(self, d): self.v += d

def in_class(n):
    kept = Thing.get
    o, total = Thing(3), 0
    for i in range(n):
        if i == 100: Thing.get = lambda self: self.v + 0.5
        if i == 150: Thing.get = lambda self: "q"
        if i == 160: Thing.get = kept
        got = o.get()
        total += got if type(got) is not str else 1000
    return total
show("class", in_class(200))

def under_call(n):
    kept = Thing.get
    o, total = Thing(3), 0
    for i in range(n):
        if i == 100: setattr(Thing, "get", lambda self: -self.v)
        total += o.twice()
    Thing.get = kept
    return total
show("called by a method", under_call(200))

def in_base(n):
    kept = Base.low
    o, total = Thing(3), 0
    for i in range(n):
        if i == 100: Base.low = lambda self: self.v * 100
        total += o.high()
    Base.low = kept
    return total
show("base", in_base(200))

def overrides_later(n):
    o, total = Thing(3), 0
    for i in range(n):
        if i == 100: Thing.low = lambda self: 5
        if i == 150: del Thing.low
        total += o.high()
    return total
show("override", overrides_later(200))

def deleted(n):
    class C:
        def f(self): return 1
    o, total = C(), 0
    try:
        for i in range(n):
            if i == 130: del C.f
            total += o.f()
    except AttributeError as e:
        return i, total, str(e)
show("deleted", deleted(200))

def deleted_uncovers(n):
    class A:
        def f(self): return 1
    class B(A):
        def f(self): return 10
    o, total = B(), 0
    for i in range(n):
        if i == 130: del B.f
        total += o.f()
    return total
show("uncovers", deleted_uncovers(200))

def by_itself(n):
    class C:
        def f(self, i):
            if i == 140: C.f = lambda self, i: -1
            return i
    o, total = C(), 0
    for i in range(n): total += o.f(i)
    return total
show("itself", by_itself(200))

def by_argument(n):
    class C:
        def f(self, x): return x
    def change(i):
        if i == 140: C.f = lambda self, x: x * 1000
        return i
    o, total = C(), 0
    for i in range(n): total += o.f(change(i))   # the method was looked up before the argument
    return total
show("argument", by_argument(142))

def to_kinds(n):
    class C:
        def f(self, x): return x
    class Callable:
        def __call__(self, x): return x * 3
    o, out = C(), []
    for i in range(n):
        if i == 100: C.f = staticmethod(lambda x: x * 10)
        if i == 110: C.f = classmethod(lambda cls, x: (cls.__name__, x))
        if i == 120: C.f = property(lambda self: lambda x: ("p", x))
        if i == 130: C.f = Callable()
        if i == 140: C.f = len
        if i == 150: C.f = abs
        if i == 160: C.f = Thing
        v = o.f("text") if 140 <= i < 150 else o.f(i)
        if i % 10 == 0 and i > 80: out.append(v if not isinstance(v, Thing) else v.v)
    return out
show("kinds", to_kinds(170))

def parameters_change(n):
    class C:
        def f(self, a, b=2): return a + b
    o, total = C(), 0
    for i in range(n):
        if i == 100: C.f = lambda self, a, b=5, *c: a - b
        if i == 120: C.f = lambda self, *a: len(a)
        if i == 140: C.f = lambda self, a, *, b=1: a * 100
        total += o.f(i)
    try:
        C.f = lambda self: 0
        o.f(1)
    except TypeError as e: return total, str(e)
show("parameters", parameters_change(170))

def held(n):
    o, total = Thing(2), 0
    f, unbound, kept = o.get, Thing.get, Thing.get
    for i in range(n):
        if i == 100: Thing.get = lambda self: 1000
        total += f() + unbound(o)
    Thing.get = kept
    return total
show("held", held(200))

def metaclass_method(n):
    class M(type):
        def f(cls): return 1
    class C(metaclass=M): pass
    total = 0
    for i in range(n):
        if i == 100: M.f = lambda cls: 10
        if i == 150: C.f = lambda: 100
        total += C.f()
    return total
show("metaclass", metaclass_method(200))

def polymorphic(n):
    class A:
        def f(self): return 1
    class B(A): pass
    class C(B):
        def f(self): return super().f() + 10
    objects, total = [A(), B(), C()], 0
    for i in range(n):
        if i == 90: A.f = lambda self: 2
        if i == 120: B.f = lambda self: 5
        if i == 150: del C.f
        total += objects[i % 3].f()
    return total
show("polymorphic", polymorphic(210))

def special(n):
    class C:
        def __len__(self): return 3
        def __getitem__(self, i): return i
        def __contains__(self, x): return True
        def __call__(self, x): return x
        def __iter__(self): return iter((1, 2))
        def __bool__(self): return True
        def __hash__(self): return 1
        def __eq__(self, o): return True
        def __str__(self): return "s"
    o, total, out = C(), 0, []
    for i in range(n):
        if i == 100:
            C.__len__ = lambda self: 4
            C.__getitem__ = lambda self, i: -i
        if i == 120:
            C.__contains__ = lambda self, x: False
            C.__call__ = lambda self, x: x + 0.5
        if i == 140:
            C.__iter__ = lambda self: iter((5,))
            C.__bool__ = lambda self: False
        if i == 160:
            C.__hash__ = lambda self: 7
            C.__eq__ = lambda self, o: NotImplemented
            C.__str__ = lambda self: "t"
        o.instance = 1
        v = (len(o), o[i], 1 in o, o(1), [*o], not o, hash(o), o == 5, str(o), f"{o}")
        if i in (99, 100, 120, 140, 160): out.append(v)
    return out
for line in special(180): show(line)

def special_on_instance(n):
    class C:
        def __len__(self): return 3
        def __add__(self, o): return 1
    o, total = C(), 0
    for i in range(n):
        if i == 100:
            o.__len__ = lambda: 1000
            o.__add__ = lambda x: 1000
        total += len(o) + (o + 1)
    return total
show("special on the instance", special_on_instance(200))

def builtin_subclass(n):
    class L(list): pass
    xs, total = L([1, 2, 3]), 0
    for i in range(n):
        if i == 100: L.__len__ = lambda self: 10
        if i == 120: L.__getitem__ = lambda self, i: 50
        if i == 140: L.append = lambda self, x: None
        if i == 160: L.__iter__ = lambda self: iter((1000,))
        xs.append(i)
        total += len(xs) + xs[1]
        for x in xs: total += x
    return total
show("list subclass", builtin_subclass(180))

def number_subclass(n):
    class I(int): pass
    class F(float): pass
    a, f, out, total = I(5), F(1.5), [], 0
    for i in range(n):
        if i == 100: I.__add__ = lambda s, o: 1000
        if i == 110: I.__radd__ = lambda s, o: -1000
        if i == 120: F.__mul__ = lambda s, o: "m"
        if i == 130: F.__lt__ = lambda s, o: "lt"
        if i == 140: I.__index__ = lambda s: 2
        if i == 150: I.__bool__ = lambda s: False
        v = (a + i, i + a, f * 2, f < 2, "abcdefgh"[a], bool(a), a + f)
        if i in (99, 100, 110, 120, 130, 140, 150): out.append(v)
    return out
for line in number_subclass(160): show(line)

class Chain:
    def a(self): return self.b()
    def b(self): return self.c()
    def c(self): return 1
def deep(n):
    o, total = Chain(), 0
    for i in range(n):
        if i == 80: Chain.c = lambda self: 2
        if i == 110: Chain.b = lambda self: self.c() * 10
        if i == 140: Chain.a = Chain.b
        if i == 170: Chain.c = lambda self: [self.d for _ in (1,)][0]; Chain.d = 0.5
        total += o.a()
    return total
show("chain", deep(200))
