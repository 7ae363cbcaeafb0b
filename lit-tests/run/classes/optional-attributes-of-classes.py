# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# One place that asks many classes for a name, while they change.
import gc
class Meta(type):
    @property
    def tag(cls): return "meta " + cls.__name__
class A: pass
class B(A):
    def f(self): return "B.f"
    @classmethod
    def k(cls): return cls.__name__
    s = staticmethod(len)
class M(metaclass=Meta):
    tag = 1
class Asks(type):
    def __getattr__(cls, name): return "asked " + name
class G(metaclass=Asks): pass
def ask(t): return getattr(t, "f", None), getattr(t, "tag", 0), hasattr(t, "k"), getattr(t, "__repr__", None) is object.__repr__, getattr(t, "s", None)
def show(o): return f"<{o.__qualname__}>" if hasattr(o, "__qualname__") else o
classes = [A, B, M, G, int, str, dict, type, object]
def turn():
    for _ in range(3):
        for t in classes: last = [show(x) for x in ask(t)]
    print([[show(x) for x in ask(t)] for t in classes])
turn()
A.f = 5
turn()
B.tag = "b"
del A.f
turn()
A.__repr__ = lambda self: "r"
turn()
del B.f
Meta.f = lambda cls: cls
turn()
B.__bases__ = (type("New", (), {"f": "new"}),)
turn()
# Classes that come and go at the same addresses.
for i in range(200):
    t = type("T", (), {"f": i} if i % 3 else {})
    assert getattr(t, "f", None) == (i if i % 3 else None) and ask(t)[0] == (i if i % 3 else None)
    del t
    if i % 50 == 0: gc.collect()
class Desc:
    def __get__(self, o, t): raise AttributeError("no")
A.f = Desc()
print(getattr(A, "f", "absent"), ask(A)[0], hasattr(A, "f"))
