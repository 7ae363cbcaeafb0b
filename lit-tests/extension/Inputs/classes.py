import collections, enum, dataclasses, functools
Pt = collections.namedtuple("Pt", "x y")
class Color(enum.Enum):
    RED = 1
    BLUE = 2
class Num(enum.IntEnum):
    ONE = 1
    TWO = 2
class MyList(list):
    """My list."""
    def double(self): return [x * 2 for x in self]
class Counter2(dict):
    def bump(self, k): self[k] = self.get(k, 0) + 1
class Base:
    """Base."""
    registry = []
    kind = "base"
    def __init_subclass__(cls, flag=0, **kw):
        super().__init_subclass__(**kw)
        cls.flag = flag
        Base.registry.append(cls.__name__)
    def __init__(self, v): self.v = v
    def area(self): return 0
    def describe(self): return f"{type(self).__name__}: {self.area()} {self.kind}"
    def __add__(self, o): return type(self)(self.v + o.v)
    def __len__(self): return self.v
    def __getattr__(self, n):
        if n.startswith("dyn"): return n
        raise AttributeError(n)
class Derived(Base):
    def area(self): return self.v * 2
@dataclasses.dataclass(order=True)
class D:
    a: int
    b: list = dataclasses.field(default_factory=list)
def describe(o): return o.describe(), len(o), isinstance(o, Base)
def point(): return Pt(1, 2)
def colors(): return Color.RED, Num.TWO, [Color.BLUE]
def is_red(c): return c is Color.RED
class Err(Exception):
    def __init__(self, code, msg): super().__init__(msg); self.code = code
def raise_(e): raise e
def catch(f):
    try: f()
    except Err as e: return ("Err", type(e).__name__, e.code, str(e))
class Ctx:
    def __enter__(self): return "in"
    def __exit__(self, *a): return a[0] is KeyError
@functools.lru_cache(maxsize=None)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
class Meta(type):
    def hello(cls): return "hello " + cls.__name__
class WithMeta(metaclass=Meta): pass
