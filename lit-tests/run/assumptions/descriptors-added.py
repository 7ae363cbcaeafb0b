# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Descriptors, properties and the attribute hooks arrive, change and leave while a loop reads and writes attributes.
def show(*a): print(*a)
class Data:
    def __init__(self, v): self.v = v
    def __get__(self, o, k=None): return self.v
    def __set__(self, o, v): self.v = v if type(v) is str else v * 2
    def __delete__(self, o): self.v = -1
class NonData:
    def __get__(self, o, k=None): return 77 if o is not None else 78
class P:
    def __init__(self): self.x, self.y = 1, 2
    def sum(self): return self.x + self.y
    def put(self, v): self.x = v

def data_over_instance(n):
    o, s = P(), 0
    for i in range(n):
        if i == 100: P.x = Data(1000)
        if i == 120: o.put(5)
        if i == 130: del o.x
        if i == 150: del P.x
        s += o.sum()
    return s, o.x
show("data", data_over_instance(200))

def written_through(n):
    o = P()
    d = Data(0)
    for i in range(n):
        if i == 100: P.x = d
        o.put(i)
    del P.x
    return o.x, d.v
show("written", written_through(150))

def non_data(n):
    o, s = P(), 0
    for i in range(n):
        if i == 100: P.x = NonData()
        if i == 120: del o.x
        if i == 150: o.x = 5
        s += o.sum()
    k = P.x
    del P.x
    return s, k
show("non-data", non_data(200))

def becomes_data(n):
    class D:
        def __get__(self, o, k=None): return 500
    class Q(P): x = D()
    o, s = Q(), 0
    for i in range(n):
        if i == 100: D.__set__ = lambda self, o, v: vars(o).update(x=v, y=v)
        if i == 120: o.put(3)
        if i == 140: del D.__set__
        if i == 160: del D.__get__
        s += o.sum()
    return s
show("becomes data", becomes_data(200))

def property_changes(n):
    class Q:
        def __init__(self): self._v = 1
        @property
        def v(self): return self._v
        @v.setter
        def v(self, value): self._v = value
        def grow(self): self.v += 1
    o, s = Q(), 0
    for i in range(n):
        o.grow()
        if i == 80: Q.v = Q.v.getter(lambda self: self._v * 10)
        if i == 82: Q.v = Q.v.setter(lambda self, value: setattr(self, "_v", 0.5))
        if i == 100: Q.v = property(lambda self: self._v, lambda self, value: None)
        if i == 120: Q.v = 5
        if i == 140: o._v = "never"
        s += o.v
    return s, vars(o)
show("property", property_changes(160))

def read_only(n):
    class Q:
        v = 0
    o, caught = Q(), []
    for i in range(n):
        if i == 100: Q.v = property(lambda self: 9)
        try: o.v = i
        except AttributeError as e: caught.append(str(e))
    return len(caught), caught[0], o.v, vars(o)
show("read only", read_only(150))

def getter_raises(n):
    class Q:
        @property
        def v(self):
            if self.k == 120: raise AttributeError("inner")
            return self.k
    o, s = Q(), 0
    try:
        for i in range(n):
            o.k = i
            s += o.v
            if i == 110: Q.__getattr__ = lambda self, name: (name == "v") * 1000
            if i == 121: del Q.__getattr__
            if i == 130: o.k = 120; s += o.v
    except AttributeError as e: return s, i, str(e)
show("getter raises", getter_raises(150))

def getattr_added(n):
    o, s = P(), 0
    for i in range(n):
        if i == 100: del o.y; P.__getattr__ = lambda self, name: 50 if name == "y" else 60
        if i == 150: P.__getattr__ = lambda self, name: 0.5
        s += o.sum()
    s += o.anything
    del P.__getattr__
    try: return o.sum()
    except AttributeError as e: return s, str(e)
show("__getattr__", getattr_added(200))

def getattribute_added(n):
    o, s, asked = P(), 0, []
    for i in range(n):
        if i == 100: P.__getattribute__ = lambda self, name: asked.append(name) or object.__getattribute__(self, name)
        if i == 103: P.__getattribute__ = lambda self, name: (lambda: 9) if name == "sum" else 3
        if i == 150: del P.__getattribute__
        s += o.sum()
    return s, asked
show("__getattribute__", getattribute_added(200))

def getattribute_in_base(n):
    class Base: pass
    class Q(Base):
        def __init__(self): self.x = 1
        def get(self): return self.x
    o, s = Q(), 0
    for i in range(n):
        if i == 100: Base.__getattribute__ = lambda self, name: object.__getattribute__(self, name) if name != "x" else 1000
        s += o.get()
    return s
show("in a base", getattribute_in_base(150))

def setattr_added(n):
    o, log = P(), []
    for i in range(n):
        if i == 100: P.__setattr__ = lambda self, name, v: log.append((name, v))
        if i == 105: P.__setattr__ = lambda self, name, v: object.__setattr__(self, name, v + 0.5)
        if i == 140: del P.__setattr__
        o.put(i)
        if i in (99, 100, 104, 105, 139, 140): log.append(o.x)
    return log
show("__setattr__", setattr_added(150))

def setattr_in_init(n):
    class Q:
        def __init__(self, v): self.v = v
    s = 0
    for i in range(n):
        if i == 100: Q.__setattr__ = lambda self, name, v: self.__dict__.__setitem__(name, -v)
        if i == 120: Q.v = property(lambda self: 5, lambda self, v: None)
        s += Q(i).v
    return s
show("in __init__", setattr_in_init(150))

def delattr_added(n):
    class Q: pass
    o, log = Q(), 0
    for i in range(n):
        o.v = i
        if i == 100: Q.__delattr__ = lambda self, name: None
        del o.v
        log += hasattr(o, "v")
    return log
show("__delattr__", delattr_added(150))

def dir_of_class(n):
    class M(type):
        def __getattr__(cls, name): return 7
    class Q(metaclass=M):
        k = 1
    s = 0
    for i in range(n):
        if i == 100: del Q.k
        if i == 120: M.k = property(lambda cls: 1000)
        if i == 130: Q.k = 5 if i < 0 else M.k
        s += Q.k if not isinstance(Q.k, property) else -1
    return s
try: show("metaclass", dir_of_class(150))
except AttributeError as e: show(e)

def bound_each_time(n):
    class Bound:
        def __init__(self, f): self.f, self.count = f, 0
        def __get__(self, o, k):
            self.count += 1
            return lambda x: self.f(o, x)
    class Q:
        def m(self, x): return x
    o, s = Q(), 0
    for i in range(n):
        if i == 100: Q.m = Bound(lambda o, x: x + 1000)
        s += o.m(i)
    return s, vars(Q)["m"].count
show("bound", bound_each_time(150))

def set_name(n):
    class N:
        def __set_name__(self, k, name): self.name = "_" + name
        def __get__(self, o, k): return getattr(o, self.name, 3) if o is not None else self
        def __set__(self, o, v): setattr(o, self.name, v)
    s = 0
    class Q: a = N()
    o = Q()
    for i in range(n):
        if i == 50: o.a = 10
        if i == 100: Q.a.name = "other"
        if i == 120: o.other = 0.25
        s += o.a
    return s, vars(o)
show("names", set_name(150))

def cached(n):
    import functools
    class Q:
        calls = 0
        @functools.cached_property
        def v(self):
            Q.calls += 1
            return Q.calls * 10
    o, s = Q(), 0
    for i in range(n):
        if i == 100: del o.v
        if i == 120: o.v = 0.5
        if i == 140: o = Q()
        s += o.v
    return s, Q.calls
show("cached", cached(150))

def slots_hidden(n):
    class S:
        __slots__ = ("x",)
        def get(self): return self.x
    class T(S):
        x = 5
    class U(S):
        @property
        def x(self): return 10
    a, b, c, s = S(), T(), U(), 0
    a.x = 1
    objects = [a, b, c]
    for i in range(n):
        if i == 100: T.x = Data(1000)
        if i == 120: del T.x; b.x = 2
        if i == 140: S.x = 3
        s += objects[i % 3].get()
    return s
show("slots hidden", slots_hidden(180))

def classmethods(n):
    class Q:
        made = 0
        @classmethod
        def c(cls, v): cls.made += v; return cls.made
        @staticmethod
        def t(v): return v
    class R(Q): pass
    o, s = R(), 0
    for i in range(n):
        if i == 80: Q.c = classmethod(lambda cls, v: len(cls.__name__) * 1000)
        if i == 100: R.t = classmethod(lambda cls, v: v * 2)
        if i == 120: o.t = lambda v: -v
        if i == 140: R.c = 5; R.c = staticmethod(lambda v: 0.5)
        s += o.c(i) + o.t(i) + R.c(1) + Q.t(1)
    return s, Q.made, R.made
show("class methods", classmethods(160))

def super_lookup(n):
    class A:
        @property
        def v(self): return 1
        def m(self): return 1
    class B(A):
        @property
        def v(self): return super().v + 1
        def m(self): return super().m() + self.v
    o, s = B(), 0
    for i in range(n):
        if i == 100: A.v = property(lambda self: 50)
        if i == 120: A.v = 7
        if i == 140: A.m = lambda self: 0.5
        if i == 150: o.m2 = o.m; B.m = lambda self: super(B, self).m()
        s += o.m()
    return s
show("super", super_lookup(180))

def hooks_on_builtin_subclass(n):
    class D(dict):
        def __missing__(self, k): return k
    d, s = D(), 0
    for i in range(n):
        if i == 100: D.__missing__ = lambda self, k: 1000
        if i == 120: D.__getitem__ = lambda self, k: 7
        if i == 140: D.__contains__ = lambda self, k: True
        s += d[i] + (i in d) * 100 + d.get(i, 1)
    return s
show("missing", hooks_on_builtin_subclass(150))
