# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Functions and classes of another module of the program, changed from here and there while loops of this one use them.
import sys
sys.dont_write_bytecode = True
import traceback
from Inputs import vectors
from Inputs.vectors import Vec, Named, half, clamped as within, fails, counted
import Inputs.vectors as again


def restore(kept=dict(vars(vectors)), of_class=dict(vars(Vec))):
    for k in ("half", "unit", "LIMIT", "clamped", "Vec"):
        setattr(vectors, k, kept[k])
    for k in ("scaled", "dot", "norm", "__init__", "__add__", "zero"):
        setattr(Vec, k, of_class[k])


def calls(n):
    s = 0.0
    for i in range(n):
        if i == 100: vectors.unit = 2
        if i == 120: vectors.half = lambda x: -1.0
        if i == 130: vectors.unit = "no number"; vectors.unit = 0.25
        if i == 140: half.__code__ = (lambda x: x + 1000).__code__
        s += half(i) + vectors.half(i) + again.half(i) + within(i, high=50)
    return s


code = half.__code__
print("calls", calls(90), calls(150))
half.__code__ = code
restore()


def defaults(n):
    s = 0.0
    for i in range(n):
        if i == 100: within.__defaults__ = (5.0, 7.0)
        if i == 120: vectors.clamped = lambda x: 3
        s += within(i * 20.0) + vectors.clamped(i - 10.0)
    return s


kept = within.__defaults__
print("defaults", defaults(90), defaults(150))
within.__defaults__ = kept
restore()


def instances(n):
    p, step = Vec(0.0, 1.0), Vec(0.5, 0.25)
    for i in range(n):
        if i == 100: Vec.scaled = lambda self, k: Vec(k, k)
        if i == 110: Vec.norm = property(lambda self: 7)
        if i == 120: Vec.__add__ = lambda self, other: self
        if i == 130: step.x = 3
        if i == 135: Vec.__add__ = type(p).dot
        if not isinstance(p, Vec): p = Vec(p, 1.0)
        p = (p + step.scaled(0.5)) if i < 135 else p + step
        if isinstance(p, Vec) and p.norm > 1e6: p = Vec.zero()
    return p if type(p) is float else (p.x, p.y)


print("instances", instances(90))
print("instances", instances(140))
restore()


def constructors(n):
    s = 0.0
    for i in range(n):
        if i == 100: Vec.__init__ = lambda self, x, y: (setattr(self, "x", y), setattr(self, "y", x)) and None
        if i == 120: vectors.Vec = Named
        v = Vec(i, 2.0) if i < 120 else vectors.Vec(i)
        s += v.x if i < 120 else v.label()
    return s


print("constructors", constructors(90), constructors(130))
restore()


class Vec3(Vec):
    def __init__(self, x, y, z):
        super().__init__(x, y)
        self.z = z

    def dot(self, other):
        return super().dot(other) + self.z * other.z


class Deep(vectors.Vec):
    __slots__ = ()

    def scaled(self, k):
        return self.x * k


def derived(n):
    a, b, s = Vec3(1.0, 2.0, 3.0), Vec3(0.5, 0.5, 0.5), 0.0
    for i in range(n):
        if i == 100: Vec.dot = lambda self, other: 0.125
        s += a.dot(b) + a.norm + Deep(1.5, 2).scaled(i)
    return s


print("derived", derived(90), derived(110))
restore()


def kinds(n):
    out = []
    for i, x in enumerate([1.5, 2, True, "a", 1j, None, [1], 10 ** 30]):
        for f in (lambda v: v.x, lambda v: v.dot(v), lambda v: v.norm, lambda v: v.scaled(2).y, lambda v: (v + v).x):
            try:
                out.append(f(Vec(x, x)))
            except TypeError as e:
                out.append(str(e))
    return out


print("kinds", kinds(1))


def raising(n):
    s = 0.0
    for i in range(n):
        try:
            s += fails(i)
        except ValueError as e:
            s += 100
            print([(f.name, f.lineno, f.filename[-10:]) for f in traceback.extract_tb(e.__traceback__)][1:])
    return s


print("raising", raising(6))


def rebound(n):
    global half
    s = 0.0
    for i in range(n):
        if i == 100: half = Named
        s += half(i) if i < 100 else half(i).label()
    return s


print("rebound", rebound(120), counted(10))
del vectors.unit
try:
    print(vectors.counted(3))
except NameError as e:
    print(e)
vectors.half = lambda x: 1.0
print(vectors.counted(3), counted(3))
before = vectors.Vec
del sys.modules["Inputs.vectors"]
import Inputs.vectors
print(Inputs.vectors.Vec is before, Inputs.vectors is again, Inputs.vectors.half(3), again.half(3), Inputs.vectors.counted(4), counted(4))


def both(n):
    s = 0.0
    for i in range(n):
        s += Inputs.vectors.half(i) + again.half(i) + within(i) + before(1.0, 2.0).norm + Inputs.vectors.Vec(2.0, 3.0).norm
    return s


print("both", both(100))
