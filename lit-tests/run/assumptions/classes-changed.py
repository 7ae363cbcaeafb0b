# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The class of an object, the bases of a class and its slots change while a loop relies on them.
def show(*a): print(*a)
class A:
    label = 1
    def __init__(self, v): self.v = v
    def f(self): return self.v
    @property
    def p(self): return self.v * 2
class B(A):
    label = 2.5
    def f(self): return self.v + 100
    @property
    def p(self): return "p"
class C:
    def f(self): return -1

def other_class(n):
    o, s = A(1), 0
    for i in range(n):
        if i == 100: o.__class__ = B
        if i == 150: o.__class__ = A
        s += o.f() + o.label
        s += len(o.p) if type(o.p) is str else o.p
    return s
show("class", other_class(200))

def in_own_method(n):
    class S:
        def f(self):
            if self.n == 120: self.__class__ = T
            self.n += 1
            return self.g()
        def g(self): return 1
    class T(S):
        def g(self): return 1000
    o, s = S(), 0
    o.n = 0
    for i in range(n): s += o.f()
    return s
show("own method", in_own_method(150))

def lost_attributes(n):
    o, s = A(1), 0
    try:
        for i in range(n):
            if i == 130: o.__class__ = C
            s += o.f() + o.label
    except AttributeError as e: return i, s, str(e), vars(o)
show("lost", lost_attributes(200))

def bases_changed(n):
    class X:
        def f(self): return 1
    class Y:
        def f(self): return 10
        def g(self): return 7
    class Z(X): pass
    class W(Z): pass
    o, s = W(), 0
    for i in range(n):
        if i == 100: Z.__bases__ = (Y,)
        if i == 120: Z.__bases__ = (Y, X)
        if i == 140: Z.__bases__ = (X, Y)
        if i == 160: W.f = Y.f
        if i == 170: W.__bases__ = (X,); del W.f
        s += o.f()
        if i == 150: s += o.g() * 1000
    return s, [k.__name__ for k in W.__mro__]
show("bases", bases_changed(200))

def isinstance_changes(n):
    class X: pass
    class Y: pass
    class Z(X): pass
    o, s = Z(), 0
    for i in range(n):
        if i == 100: Z.__bases__ = (Y,)
        if i == 150: o.__class__ = X
        s += isinstance(o, X) + 10 * isinstance(o, Y) + 100 * issubclass(type(o), Z)
    return s
show("isinstance", isinstance_changes(200))

def rebased_family(n):
    class X: pass
    class Y: pass
    class Z(X): pass
    class Below(Z): pass
    o, s = Below(), 0
    for i in range(n):
        if i == 100: Z.__bases__ = (Y,)
        if i == 130: o = type("After", (Below,), {})()
        s += isinstance(o, X) + 10 * isinstance(o, Y) + 100 * issubclass(Below, X)
    return s
show("rebased family", rebased_family(150))

def caught_by_base(n):
    class E1(Exception): pass
    class E2(Exception): pass
    class E(E1): pass
    s = 0
    for i in range(n):
        if i == 100: E.__bases__ = (E2,)
        try: raise E(i)
        except E1: s += 1
        except E2: s += 1000
    return s
show("caught", caught_by_base(150))

def instance_check(n):
    class M(type):
        def __instancecheck__(cls, o): return True
    class X: pass
    class Y: pass
    class P(metaclass=M): pass
    o, s = Y(), 0
    for i in range(n):
        if i == 100: globals()["Wanted"] = P
        s += isinstance(o, Wanted)
        if i == 140: M.__instancecheck__ = lambda cls, o: False
    return s
class Wanted: pass
show("instance check", instance_check(200))

def lies_about_class(n):
    class Liar:
        @property
        def __class__(self): return int
    o, s = Liar(), 0
    for i in range(n):
        if i == 100: o = 5
        if i == 120: o = Liar()
        if i == 140: o = A(1); o.__class__ = C
        s += isinstance(o, int) + 10 * (type(o) is Liar)
    return s
show("lies", lies_about_class(150))

# __slots__ layouts
class S1:
    __slots__ = ("a", "b")
    def __init__(self, a, b): self.a, self.b = a, b
    def sum(self): return self.a + self.b
class S2(S1):
    __slots__ = ("c",)
class S3:
    __slots__ = ("a", "b")
    def sum(self): return self.b * 1000
class S4(S1): pass
class S5(S1):
    __slots__ = ("a",)

def slots(n):
    objects, s = [S1(1, 2), S2(3, 4), S4(5, 6), S5(7, 8)], 0
    for i in range(n):
        o = objects[i % 4]
        if i == 100: objects[2].sum = lambda: 5000
        if i == 120: objects[0].a = 2.5
        if i == 140: objects[1].a = 2**63
        if i == 142: objects[1].a = 1
        if i == 160: S1.a.__set__(objects[3], 900)   # the slot that S5 hides
        s += o.sum()
        s += S1.a.__get__(o) if not isinstance(o, S5) or i >= 160 else 0
    return s
show("slots", slots(200))

def slots_other_class(n):
    o, s = S1(1, 2), 0
    for i in range(n):
        if i == 100: o.__class__ = S3
        s += o.sum()
        o.b = i
    try: o.__class__ = S2
    except TypeError as e: show(e)
    try: o.__class__ = A
    except TypeError as e: show(e)
    return s
show("slots' class", slots_other_class(200))

def slot_deleted(n):
    o, s = S1(1, 2), 0
    try:
        for i in range(n):
            if i == 150: del o.b
            s += o.sum()
    except AttributeError as e: return i, s, str(e)
show("slot deleted", slot_deleted(200))
def slot_unset(n):
    objects, s = [S1(i, i) if i % 4 else S1.__new__(S1) for i in range(n)], 0
    for o in objects:
        try: s += o.a
        except AttributeError as e: s -= 1
    return s
show("slot unset", slot_unset(150))

def slot_replaced(n):
    class S:
        __slots__ = "x", "y"
    o, s = S(), 0
    o.x, o.y = 1, 2
    kept = S.x
    for i in range(n):
        if i == 100: S.x = S.y
        if i == 120: S.x = 50
        if i == 140: S.x = property(lambda self: self.y * 3)
        if i == 160: S.x = kept
        s += o.x
    return s
show("slot replaced", slot_replaced(200))

def slot_refused(n):
    o, caught = S1(1, 2), []
    for i in range(n):
        try:
            if i == 100: o.z = 1
            if i == 110: o.__dict__
            if i == 120: S1.c
            o.a = i
        except AttributeError as e: caught.append(str(e))
    return caught, o.a
show("refused", slot_refused(150))

def slots_with_dict(n):
    class S:
        __slots__ = ("x", "__dict__")
    class W:
        __slots__ = ("x", "__weakref__")
    o, w, s = S(), W(), 0
    o.x, o.y, w.x = 1, 2, 3
    for i in range(n):
        if i == 100: o.__dict__ = {"y": 50, "x": -1}
        if i == 120: o.x = 0.5
        if i == 140: vars(o)["x"] = 5; S.x = 1000
        s += o.x + o.y + w.x
    return s
show("slots and dict", slots_with_dict(200))

def classes_made(n):
    s = 0
    for i in range(n):
        class Made:
            k = i
            def f(self): return self.k + i
        Made.__name__ = f"M{i % 3}"
        o = Made()
        s += o.f() + len(type(o).__name__)
        if i == 120: Made.k = 0.5; s += o.f()
    return s
show("made", classes_made(150))

def class_of_class(n):
    class M1(type):
        def who(cls): return 1
    class M2(type):
        def who(cls): return 10
    class K(metaclass=M1): pass
    s = 0
    for i in range(n):
        if i == 100: K.__class__ = M2
        s += K.who()
    return s
show("metaclass", class_of_class(150))

def layouts_alternate(n):
    class L1:
        def __init__(self): self.a = 1; self.b = 2.5
    class L2:
        def __init__(self): self.b = 3; self.a = "t"
    class L3:
        __slots__ = ("b", "a")
        def __init__(self): self.a = 5; self.b = 2**65
    objects, out = [L1(), L2(), L3()], [0, 0, 0]
    for i in range(n):
        o = objects[i % 3]
        out[i % 3] += o.b
        if i == 100: objects[0].__class__ = L2
        if i == 110: objects[1].a, objects[1].b = objects[1].b, objects[1].b + 0.5
        if i == 130: objects[2] = L1()
    return out, [o.a for o in objects]
show("layouts", layouts_alternate(200))

def module_class(n):
    import types
    class Mod(types.ModuleType):
        @property
        def answer(self): return 42
    m, s = types.ModuleType("m"), 0
    m.__dict__["answer"] = 1
    for i in range(n):
        if i == 100: m.__class__ = Mod
        s += m.answer
    return s
show("module", module_class(150))

def function_attributes(n):
    def f(): return f.k
    f.k, s = 1, 0
    for i in range(n):
        if i == 100: f.k = 0.5
        if i == 120: f.__dict__ = {"k": 100}
        s += f() + f.k
    return s
show("function attributes", function_attributes(150))

def builtin_bases(n):
    class L(list):
        def first(self): return self[0]
    class D(L):
        def __getitem__(self, i): return 1000
    class T(tuple): 
        def __new__(cls, *a): return super().__new__(cls, a)
    o, s = L([1, 2]), 0
    for i in range(n):
        if i == 100: o.__class__ = D
        if i == 120: o.insert(0, 5)
        s += o.first() + o[1] + len(T(1, i, o))
    return s
show("list's class", builtin_bases(150))
