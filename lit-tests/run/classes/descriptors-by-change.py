# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a site knows about an attribute ends when the value in the class, a base or the metaclass becomes a descriptor, or is
# none any more: by a method of the value's class or of a base of that, by another class, or by other bases.
def show(*a): print(*a)
class Descriptor: pass
class C:
    def __init__(self): self.x = 1
    x = Descriptor()
def f(o): return o.x
def s(o, v): o.x = v
o = C()
for i in range(50): assert f(o) == 1; s(o, 1)
Descriptor.__get__ = lambda self, instance, value: 2
show(f(o))
Descriptor.__set__ = lambda *args: print("set", len(args))
show(f(o)); s(o, 5); show(f(o), o.__dict__)
del Descriptor.__set__
show(f(o)); s(o, 6); show(f(o), o.__dict__)
class Meta(type):
    attribute = Descriptor()
class K(metaclass=Meta):
    attribute = True
    def m(self): return "m"
def g(): return K.attribute
show([g() for _ in range(3)])
Descriptor.__set__ = lambda *args: None
show([g() for _ in range(3)])
# a plain class attribute, called as a method
class Callable:
    def __call__(self, *a): return ("called", len(a))
class D:
    call = Callable()
    __slots__ = ()
def h(o): return o.call(1)
d = D()
show([h(d) for _ in range(3)])
Callable.__get__ = lambda self, instance, owner: lambda *a: ("bound", len(a))
show([h(d) for _ in range(3)])
# through an inherited slot and a base
class Base: pass
class Inner(Base): pass
class Q:
    def __init__(self): self.v = "own"
    v = Inner()
class R(Q): pass
q = R()
def r(o): return o.v
show([r(q) for _ in range(3)])
Base.__get__ = lambda self, instance, owner: "got"
Base.__delete__ = lambda self, instance: print("deleted")
show([r(q) for _ in range(3)])
del q.v
# a change of the value's class, or of its bases
class Plain: pass
class Data:
    def __get__(self, instance, owner): return "data"
    def __set__(self, instance, value): raise AttributeError("read only")
class Z:
    def __init__(self): self.w = "instance"
    w = Plain()
z = Z()
def zz(o): return o.w
show([zz(z) for _ in range(3)])
Z.__dict__["w"].__class__ = Data
show([zz(z) for _ in range(3)])
class P2: pass
class P3(P2): pass
class Y:
    def __init__(self): self.w = "instance"
    w = P3()
y = Y()
show([zz(y) for _ in range(3)])
P3.__bases__ = (Data,)
show([zz(y) for _ in range(3)])
