# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The methods that dataclasses makes are compiled ahead: they look, fail and change as interpreted ones do.
import dis
import inspect
import sys
import traceback
import types
import weakref
from dataclasses import InitVar, dataclass, field, replace


@dataclass
class Point:
    x: float
    y: float = 1.0
    tags: list = field(default_factory=list, compare=False)


@dataclass
class Same:
    x: float
    y: float = 1.0
    tags: list = field(default_factory=list, compare=False)


@dataclass(order=True, frozen=True)
class Key:
    name: str
    number: int = 0


@dataclass
class Post:
    a: int
    scale: InitVar[int] = 2

    def __post_init__(self, scale):
        self.b = scale // self.a


def last_lines():
    return [line.strip() for line in traceback.format_exc().splitlines() if "<string>" in line or "Error" in line]


def total(n):
    t = 0.0
    for i in range(n):
        p = Point(i * 0.5, 2.0)
        q = Same(p.x)
        t += p.x + p.y + q.x * q.y
        p.x = t
        if p == q:
            t += 1
    return t


print(total(100))
print(Point(1.0), Same(1.0), Point(1.0) == Point(1.0), Point(1.0) == Same(1.0), Point(1) != Point(2))
a, b = Point(1.0), Point(1.0)
a.tags.append(3)
print(a, b, a == b, replace(a, x=3))
print(sorted([Key("b"), Key("a", 2), Key("a", 1)]), {Key("a"): 1}[Key("a")], hash(Key("a")) == hash(("a", 0)))
for wrong in (lambda: Point(), lambda: Point(1, 2, 3, 4), lambda: Point(z=1), lambda: Post(0), lambda: Key("a") < 3):
    try:
        wrong()
    except Exception:
        print(last_lines())
try:
    Key("a").name = "b"
except Exception as e:
    print(type(e).__name__, e)

for f in (Point.__init__, Key.__eq__, Post.__init__):
    code = f.__code__
    print(f.__qualname__, f.__module__, f.__globals__ is globals(), code.co_filename, code.co_firstlineno, code.co_name, code.co_qualname)
    print(code.co_varnames, code.co_freevars, code.co_names, code.co_consts, code.co_argcount, len(code.co_code), list(code.co_lines())[:3])
    print(inspect.signature(f))
    print([(i.opname, i.argval) for i in dis.get_instructions(code)][:9])
    try:
        inspect.getsource(f)
    except OSError as e:
        print("OSError", e)

other = types.FunctionType(Key.__eq__.__code__, {"NotImplemented": "mine"})
print(other(Key("a"), Key("a")), other(Key("a"), 3))

text = "def __create_fn__():\n def __eq__(self,other):\n  if other.__class__ is self.__class__:\n   return (self.x,self.y,)==(other.x,other.y,)\n  return NotImplemented\n return __eq__"
for scope in (globals(), {"NotImplemented": 5}):
    names = {}
    exec(text, scope, names)
    made = names["__create_fn__"]()
    print(sorted(names), made.__globals__ is globals(), made(Point(1), Point(1)), made(Point(1), 2))
death = weakref.ref(made)
del made, names
print(death())

NotImplemented = "of the module"
print(Point.__eq__(Point(1), 2))
del NotImplemented
print(Point.__eq__(Point(1), 2))


def init(self, x, y=7):
    self.x, self.y, self.tags = x, y, None


Point.__init__ = init
print(total(3), Point(2))
del Point.__init__
try:
    print(Point(2))
except TypeError as e:
    print(e)
Same.__eq__ = lambda self, other: True
print(Same(1) == 3, total.__name__)
Key.__hash__ = lambda self: 1
print(hash(Key("x")))
