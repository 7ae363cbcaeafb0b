# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# __init__ and __new__ that raise, return, are replaced, and metaclasses that are called instead.
def show(*a): print(*a)
class P:
    def __init__(self, x, y=2): self.x, self.y = x, y
def made(n):
    s = 0
    for i in range(n):
        p = P(i, 1)
        s += p.x * p.y
    return s
def replaced_init(n):
    kept, s = P.__init__, 0
    for i in range(n):
        if i == 100: P.__init__ = lambda self, x, y=5: vars(self).update(x=0.5, y=y)
        if i == 120: P.__init__ = lambda self, *a: setattr(self, "x", len(a)) or setattr(self, "y", 10)
        s += P(i).x + P(i, 1).y
    P.__init__ = kept
    return s
show("init", made(150), replaced_init(150), made(10))
def deleted_init(n):
    class Q:
        def __init__(self, v): self.v = v
    s = 0
    try:
        for i in range(n):
            if i == 120: del Q.__init__
            s += Q(i).v
    except TypeError as e: return s, i, str(e)
show("deleted", deleted_init(150))
def init_of_base(n):
    class A:
        def __init__(self): self.v = 1
    class B(A): pass
    class C(B):
        def __init__(self): super().__init__(); self.w = self.v
    s = 0
    for i in range(n):
        if i == 80: B.__init__ = lambda self: setattr(self, "v", 10)
        if i == 100: del B.__init__
        if i == 120: A.__init__ = lambda self: setattr(self, "v", 0.5)
        s += B().v + C().w
    return s
show("base", init_of_base(150))
def init_returns(n):
    class Q:
        def __init__(self, v):
            self.v = v
            if v == 120: return v
    s = 0
    try:
        for i in range(n): s += Q(i).v
    except TypeError as e: return s, i, str(e)
show("returns", init_returns(150))
def init_raises(n):
    class Q:
        alive = 0
        def __init__(self, v):
            Q.alive += 1
            self.v = 100 // (v - 120)
            self.w = v
        def __del__(self): Q.alive -= 1
    s = 0
    for i in range(n):
        try: s += Q(i).v
        except ZeroDivisionError: s += 1000
    return s, Q.alive
show("raises", init_raises(150))
def new_overridden(n):
    class Q:
        def __init__(self, v): self.v = v
    class Other: v = 1000
    s, shared = 0, []
    for i in range(n):
        if i == 60: Q.__new__ = staticmethod(lambda cls, v: Other())
        if i == 80: Q.__new__ = lambda cls, v: object.__new__(cls)
        if i == 100: shared.append(Q(5)); Q.__new__ = lambda cls, v: shared[0]
        if i == 120: Q.__new__ = lambda cls, v: v
        if i == 140: Q.__new__ = lambda cls, v: object.__new__(Sub); Sub = type("Sub", (Q,), {"__init__": lambda self, v: setattr(self, "v", -v)})
        q = Q(i)
        s += q if type(q) is int else q.v
    return s
show("new", new_overridden(150))
def singleton(n):
    class S:
        only = None
        def __new__(cls, *a):
            if cls.only is None: cls.only = super().__new__(cls)
            return cls.only
        def __init__(self, v): self.v = v
    a, same = S(1), 0
    for i in range(n): same += S(i) is a
    return same, a.v
show("singleton", singleton(150))
def metaclass_call(n):
    class M(type):
        def __call__(cls, *a): return (cls.__name__, a) if len(a) > 1 else super().__call__(*a)
    class Q(metaclass=M):
        def __init__(self, v): self.v = v
    s = 0
    for i in range(n):
        if i == 100: M.__call__ = lambda cls, v: 7
        if i == 120: del M.__call__
        r = Q(i) if i % 2 or i >= 100 else Q(i, 1)
        s += r if type(r) is int else len(r) if type(r) is tuple else r.v
    return s
show("metaclass", metaclass_call(150))
def class_rebound(n):
    global P
    kept, s = P, 0
    for i in range(n):
        if i == 100: P = lambda x, y: kept(x, -y)
        if i == 120: P = complex
        p = P(i, 2)
        s += p.x * p.y if not isinstance(p, complex) else p.imag
    P = kept
    return s
show("rebound", class_rebound(150))
def signature_changes(n):
    out = {}
    for i in range(n):
        if i == 100: P.__init__.__defaults__ = (9,)
        if i == 120: P.__init__.__defaults__ = None
        try: r = P(i).y
        except TypeError as e: r = str(e)
        out[r] = out.get(r, 0) + 1
    P.__init__.__defaults__ = (2,)
    return out
show(signature_changes(150))
def wrong_calls(n):
    out = {}
    for i in range(n):
        for f in (lambda: P(), lambda: P(1, 2, 3), lambda: P(1, z=2), lambda: P(1, x=2), lambda: P(*[1, 2, 3, 4]), lambda: object(1), lambda: P(x=1).y):
            try: r = f()
            except TypeError as e: r = str(e)
            out[r] = out.get(r, 0) + 1
    return out
for line in wrong_calls(120).items(): show(*line)
def attributes_by_arguments(n):
    out = set()
    s = 0
    for i in range(n):
        p = P(i) if i < 100 else P(i / 2, 1) if i < 120 else P("a", "b") if i < 130 else P(None, 2**65)
        out.add((type(p.x).__name__, type(p.y).__name__))
        if i < 120: s += p.x * p.y
    return sorted(out), s
show("kinds", attributes_by_arguments(150))
def init_escapes(n):
    kept = []
    class Q:
        def __init__(self, v):
            kept.append(self)
            self.v = v
            if v % 50 == 49: kept[-1].v = 0.5
    s = 0
    for i in range(n): s += Q(i).v
    return s, len(kept), kept[3].v, len(set(map(id, kept)))
show("escapes", init_escapes(150))
def conditional_attributes(n):
    class Q:
        def __init__(self, v):
            if v % 3: self.a = v
            self.b = v
            if v % 2: self.c = v
            for k in range(v % 4): self.d = k
    s = 0
    for i in range(n):
        q = Q(i)
        s += getattr(q, "a", 1000) + q.b + len(vars(q)) + ("d" in vars(q))
    return s, list(vars(Q(5))), list(vars(Q(4)))
show("conditional", conditional_attributes(150))
def init_calls_methods(n):
    class Q:
        def __init__(self, v): self.set(v); self.total = self.sum()
        def set(self, v): self.a, self.b = v, v / 2
        def sum(self): return self.a + self.b
    class R(Q):
        def set(self, v): self.b, self.a = v, [v]
        def sum(self): return len(self.a) + self.b
    s = 0
    for i in range(n):
        s += (Q if i % 3 else R)(i).total
        if i == 100: Q.sum = lambda self: 1
        if i == 120: R.set = Q.set; R.sum = lambda self: self.a
    return s
show("methods", init_calls_methods(150))
def builtin_bases(n):
    class L(list):
        def __init__(self, n): super().__init__(range(n)); self.n = n
    class T(tuple):
        def __new__(cls, a, b): return super().__new__(cls, (a, b))
        def __init__(self, a, b): self.a = a
    class I(int):
        def __new__(cls, v): return super().__new__(cls, v * 2)
    class E(Exception):
        def __init__(self, code): super().__init__(code, "text"); self.code = code
    class D(dict):
        def __init__(self, **k): super().__init__(k, more=1)
    s = 0
    for i in range(n):
        s += sum(L(i % 4)) + L(3).n + T(i, 1)[0] + T(1, 2).a + I(i) + D(a=1)["more"]
        try: raise E(i)
        except E as e: s += e.code + len(e.args)
        if i == 100: I.__new__ = lambda cls, v: 0
        if i == 120: L.__init__ = lambda self, n: setattr(self, "n", 0.5)
    return s
show("builtin bases", builtin_bases(150))
def dataclasses_changed(n):
    from dataclasses import dataclass, field
    from typing import NamedTuple
    @dataclass(order=True)
    class D:
        a: int
        b: float = 1.5
        c: list = field(default_factory=list)
    class N(NamedTuple):
        x: int
        y: int = 3
    s = 0
    for i in range(n):
        d = D(i)
        d.c.append(i)
        s += d.a + d.b + len(d.c) + (D(1) < D(2)) + (d == D(i, 1.5, [i])) + N(i).y + N(i, 2)[0]
        if i == 100: D.__init__.__defaults__ = (0.25,) + D.__init__.__defaults__[1:]
        if i == 120: D.__eq__ = lambda self, o: 1000; D.b = 7
    return s, repr(D(1)), N(1)
show("dataclass", dataclasses_changed(150))
def init_subclass(n):
    class A:
        made = []
        def __init_subclass__(cls, k=1): A.made.append(k)
    for i in range(n):
        type(f"S{i}", (A,), {}) if i % 2 else type(f"S{i}", (A,), {}, k=i)
        if i == 100: A.__init_subclass__ = classmethod(lambda cls, **k: A.made.append("new"))
    return len(A.made), A.made[98:104]
show("subclasses", init_subclass(120))
def copies(n):
    import copy
    s = 0
    p = P([1], 2.5)
    for i in range(n):
        q, r = copy.copy(p), copy.deepcopy(p)
        s += q.y + len(r.x) + (q.x is p.x) + (r.x is p.x)
        if i == 100: p.x.append(i); p.y = 1
        if i == 120: P.__copy__ = lambda self: P([], 100)
    del P.__copy__
    return s
show("copies", copies(150))
def without_init(n):
    class E: pass
    class F: x = 1
    s = 0
    for i in range(n):
        e, f = E(), F()
        e.v = i
        f.x += i
        s += e.v + f.x
        if i == 100: E.__init__ = lambda self: setattr(self, "w", 1)
        if i == 120: F.x = 0.5
    return s, e.w
show("without", without_init(150))
def new_without_init(n):
    s = 0
    for i in range(n):
        p = P.__new__(P)
        try: s += p.x
        except AttributeError: s += 1
        p.__init__(i)
        s += p.x
        P.__init__(p, 1, y=2)
        p.__init__(i, y=0.5) if i > 120 else None
        s += p.y
    return s
show("by hand", new_without_init(150))
for i in range(150):
    p = P(i)
    if i == 100: P.__init__ = lambda self, x: None
    if i == 101: show(vars(p)); P.x = P.y = "class"
show(p.x, p.y)
