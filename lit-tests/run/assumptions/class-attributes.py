# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Class attributes read through self, a class or super and changed meanwhile; properties with setters; enum members.
import enum
def show(*a): print(*a)
class Base:
    limit = 10
    table = [1, 2, 3]
    scale = 2
    def read(self): return self.limit * self.scale
    def of_class(self): return type(self).limit + self.__class__.scale + Base.limit
    @classmethod
    def of_cls(cls): return cls.limit
    def item(self, i): return self.table[i % len(self.table)]
class Sub(Base):
    scale = 3
class Other(Base):
    limit = 7.5
def reset(): Base.limit, Base.table, Base.scale, Sub.scale = 10, [1, 2, 3], 2, 3
def changed(n):
    o, s = Sub(), 0
    for i in range(n):
        if i == 60: Base.limit = 0.5
        if i == 80: Sub.limit = 100
        if i == 100: del Sub.limit
        if i == 110: del Sub.scale
        if i == 120: o.limit = 5
        if i == 130: Base.limit = 2**62
        if i == 140: del o.limit
        s += o.read() + o.of_class() + o.of_cls()
    reset()
    return s
show("changed", changed(150))
def tables(n):
    o, s = Sub(), 0
    for i in range(n):
        if i == 80: Base.table.append(0.5)
        if i == 100: Base.table = (5, 6)
        if i == 120: Sub.table = {0: 1, 1: 2.5}
        if i == 140: o.table = "ab"; break
        s += o.item(i)
    del Sub.table
    reset()
    return s, o.item(1)
show("tables", tables(150))
def classes(n):
    objects, s = [Base(), Sub(), Other()], 0
    for i in range(n):
        if i == 100: Other.limit = 1
        if i == 120: Base.read = lambda self: 0
        s += objects[i % 3].read() + type(objects[i % 3]).of_cls()
    return s
kept = Base.read
show("classes", classes(150))
Base.read = kept
def counters(n):
    class C:
        count = 0
        def __init__(self): C.count += 1
        def bump(self): self.count += 1; return self.count
        @classmethod
        def more(cls): cls.count += 10; return cls.count
    class D(C): pass
    c, s = C(), 0
    for i in range(n):
        s += c.bump() + D.more() + C().count
        if i == 100: del c.count
        if i == 120: C.count = 0.5
        if i == 130: del D.count
    return s, C.count, D.count, c.count
show("counters", counters(150))
class T:
    def __init__(self): self._v, self.sets = 1, 0
    @property
    def v(self): return self._v
    @v.setter
    def v(self, x):
        self.sets += 1
        self._v = x if x != -77 else "seventy-seven"
    @v.deleter
    def v(self): self._v = -1
    def step(self): self.v += 1
def setters(n):
    t, s = T(), 0
    for i in range(n):
        t.step() if type(t.v) is not str else None
        if i == 100: t.v = 0.5
        if i == 110: del t.v
        if i == 120: t.v = -77
        if i == 130: t.v = 2**62
        s += t.v if type(t.v) is not str else len(t.v)
    return s, t.sets
show("setters", setters(80), setters(150))
def property_in_subclass(n):
    class U(T):
        v = 5
    class W(T):
        @T.v.getter
        def v(self): return self._v * 100
    objects, s = [T(), U(), W()], 0
    for i in range(n):
        o = objects[i % 3]
        o.v = i
        s += o.v
        if i == 100: U.v = T.v; objects[1].__dict__.clear(); objects[1].__init__()
        if i == 120: T.v = 1000
    T.v = kept_v
    return s
kept_v = T.v
show("subclasses", property_in_subclass(150))
class Color(enum.Enum):
    RED = 1
    GREEN = 2.5
    BLUE = "b"
    @property
    def nice(self): return self.name.title()
class Level(enum.IntEnum):
    LOW = 1
    HIGH = 10
class Bits(enum.Flag):
    A = 1
    B = 2
    C = 4
def enums(n):
    s, members = 0, list(Color)
    c = Color.RED
    for i in range(n):
        c = members[i % 3]
        if c is Color.RED: s += c.value
        elif c == Color.GREEN: s += c.value * 2
        else: s += len(c.value) + len(c.nice)
        s += Level.HIGH + (Level.LOW < i) + Level.LOW * 2
        s += bool(Bits.A & (Bits.A | Bits.B)) + (Bits.C in Bits(i % 8))
        if i == 100: Color.RED._value_ = 1000
        if i == 120: Color.nice = property(lambda self: "x" * 50)
    return s, c.nice, Color("b"), Color["GREEN"]
show("enums", enums(150))
def enum_refuses(n):
    c = {}
    for i in range(n):
        for f in (lambda: setattr(Color, "RED", 5), lambda: Color(9), lambda: Color.NONE, lambda: Level.LOW + "a", lambda: delattr(Color, "RED"), lambda: Color.RED < Color.GREEN):
            try: r = f()
            except Exception as e: r = type(e).__name__ + ": " + str(e)
            c[r] = c.get(r, 0) + 1
    return c
for line in enum_refuses(100).items(): show(*line)
def matched(n):
    c = [0] * 5
    for i in range(n):
        v = Color.RED if i % 4 == 0 else Color.BLUE if i % 4 == 1 else i if i % 4 == 2 else Base()
        match v:
            case Color.RED: c[0] += 1
            case Color.BLUE: c[1] += 1
            case int(x) if x > 50: c[2] += 1
            case Base(limit=10): c[3] += 1
            case _: c[4] += 1
        if i == 100: Base.limit = 5
    reset()
    return c
show("match", matched(150))
def constants_of_module_classes(n):
    s = 0
    for i in range(n):
        if i == 100: K.A, K.B = K.B, K.A
        if i == 120: setattr(K, "A", 2**64)
        if i == 130: del K.A; K.A = False
        s += K.A * 2 - K.B + K.Inner.C
        if i == 140: K.Inner = J
    return s
class K:
    A = 1
    B = 0.5
    class Inner: C = 3
class J: C = -1
show("nested", constants_of_module_classes(150))
def metaclass_attributes(n):
    class M(type):
        shared = 1
        @property
        def p(cls): return cls.base
    class Q(metaclass=M):
        base = 2
    s = 0
    for i in range(n):
        s += Q.shared + Q.p
        if i == 80: Q.shared = 100
        if i == 100: M.shared = 0.5
        if i == 110: del Q.shared
        if i == 120: M.shared = property(lambda cls: 7)
        if i == 130: Q.base = 0.25
    return s
show("metaclass", metaclass_attributes(150))
def super_attributes(n):
    class A:
        v = 1
    class B(A):
        v = 2
        def get(self): return super().v + self.v
    b, s = B(), 0
    for i in range(n):
        if i == 80: A.v = 0.5
        if i == 100: A.v = property(lambda self: self.w); b.w = 10
        if i == 120: del B.v
        if i == 140: B.v = 3
        s += b.get()
    return s
show("super", super_attributes(150))
def shadowed(n):
    class A:
        x = 1
        def get(self):
            x = 5
            return self.x + x
        y = x + 1
        f = [x for x in range(3)]
    a, s = A(), 0
    for i in range(n):
        s += a.get() + A.y + A.f[i % 3]
        if i == 100: a.x = 2.5
        if i == 120: A.f = (7, 8, 9)
    return s
show("shadowed", shadowed(150))
def slots_and_class(n):
    class A:
        __slots__ = ("v",)
        k = 5
        def sum(self): return self.v + self.k
    class B(A):
        k = 0.5
    a, b, s = A(), B(), 0
    a.v = b.v = 1
    for i in range(n):
        s += a.sum() + b.sum()
        if i == 100: A.k = 100; b.k = 1000
        if i == 120: B.v = 50
    return s
show("slots", slots_and_class(150))
def functions_as_constants(n):
    class A:
        op = staticmethod(lambda a, b: a + b)
        table = {"add": lambda a, b: a + b, "mul": lambda a, b: a * b}
        def run(self, i): return self.op(i, 2) + self.table["mul" if i % 2 else "add"](i, 3)
    a, s = A(), 0
    for i in range(n):
        s += a.run(i)
        if i == 80: A.op = staticmethod(max)
        if i == 100: a.op = lambda a, b: 0.5
        if i == 110: A.op = lambda self, a, b: 1000; del a.op
        if i == 120: A.table["mul"] = divmod if False else lambda a, b: -1
    return s
show("functions", functions_as_constants(150))
def names_with_underscores(n):
    class A:
        __secret = 1
        def get(self): return self.__secret
        def __hidden(self): return 10
        def call(self): return self.__hidden()
    class B(A):
        __secret = 2
        def own(self): return self.__secret
    b, s = B(), 0
    for i in range(n):
        s += b.get() + b.own() + b.call()
        if i == 100: A._A__secret = 0.5
        if i == 120: b._A__hidden = lambda: 7; b._B__secret = 3
    return s
show("mangled", names_with_underscores(150))
for i in range(150):
    if i == 50: Base.limit = 1.5
    if i == 100: Sub.limit = "x"
    v = Sub.limit * 2
show("top", v, Sub().limit, Base().read())
