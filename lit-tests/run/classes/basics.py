# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Classes: methods, inheritance, super, properties, special methods.
class Point:
    count = 0
    def __init__(self, x, y):
        self.x = x
        self.y = y
        Point.count += 1
    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)
    def __eq__(self, other):
        return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)
    def __repr__(self):
        return f"Point({self.x}, {self.y})"
    def __hash__(self):
        return hash((self.x, self.y))
    @property
    def norm2(self):
        return self.x ** 2 + self.y ** 2
    @staticmethod
    def origin():
        return Point(0, 0)
    @classmethod
    def diagonal(cls, n):
        return cls(n, n)
    def __len__(self): return 2
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __call__(self, k): return Point(self.x * k, self.y * k)
    def __bool__(self): return bool(self.x or self.y)
p = Point(1, 2) + Point(3, 4)
print(p, p == Point(4, 6), p != Point(0, 0), p.norm2, Point.origin(), Point.diagonal(3), len(p), p[1], p(2), bool(Point(0, 0)), Point.count)
p.z = 9; print(p.__dict__, getattr(p, "z"), hasattr(p, "w"), {p: 1}[Point(4, 6)])
del p.z
try:
    p.z
except AttributeError as e:
    print(e)
class Base:
    def greet(self): return "base"
    def who(self): return self.greet()
class Left(Base):
    def greet(self): return "left+" + super().greet()
class Right(Base):
    def greet(self): return "right+" + super().greet()
class Both(Left, Right):
    def greet(self): return "both+" + super().greet()
print(Both().who(), [c.__name__ for c in Both.__mro__], issubclass(Both, Base), isinstance(Both(), Right))
class Meta(type):
    def __new__(m, name, bases, ns, **kw):
        ns["made_by"] = m.__name__ + str(kw)
        return super().__new__(m, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw): pass
class Made(metaclass=Meta, flag=1): pass
print(Made.made_by, type(Made).__name__)
class Slots:
    __slots__ = ("a", "b")
    def __init__(self): self.a = 1
s = Slots(); print(s.a)
try:
    s.c = 1
except AttributeError as e:
    print(e)
class Descriptor:
    def __get__(self, o, t): return "got", o is None
    def __set__(self, o, v): print("set", v)
    def __set_name__(self, owner, name): print("named", name)
class Has: d = Descriptor()
h = Has(); print(h.d, Has.d); h.d = 5
class Dynamic:
    def __getattr__(self, name): return "dyn " + name
print(Dynamic().anything)
class Ctx:
    def __enter__(self): print("enter"); return self
    def __exit__(self, t, v, tb): print("exit", t and t.__name__); return True
with Ctx() as c, Ctx():
    print("body")
    raise ValueError("x")
class D:
    def __del__(self): print("deleted")
x = D(); x = None; print("after")


# What o.__class__ is, asked at one place of objects of all kinds.
class Plain:
    pass


class Liar:
    @property
    def __class__(self):
        return int


def class_of(o):
    return o.__class__


plain = Plain()
for _ in range(3):
    print([class_of(o).__name__ for o in (plain, 1, "x", Plain, None, Liar())])
plain.__class__ = type("Other", (), {})
print(class_of(plain).__name__)
plain = Plain()
plain.__dict__["__class__"] = 3
print(class_of(plain).__name__, class_of(plain).__name__)
