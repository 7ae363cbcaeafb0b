"""What the statements of operations.txt use, and the clock; operations.py puts the rows behind it."""
import abc
import asyncio
import collections
import contextlib
import dataclasses
import enum
import functools
import os
import sys
import typing
from time import perf_counter as clock

GLOBAL = 1


class Empty:
    pass


class Point:
    kind = "point"

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def norm(self):
        return self.x

    @property
    def total(self):
        return self.x

    @functools.cached_property
    def cached(self):
        return 1

    @staticmethod
    def static(a):
        return a

    @classmethod
    def make(cls, a, b):
        return cls(a, b)

    def __add__(self, other):
        return self

    def __eq__(self, other):
        return self.x == other.x

    def __lt__(self, other):
        return False

    def __hash__(self):
        return 5

    def __getitem__(self, index):
        return index

    def __len__(self):
        return 2

    def __contains__(self, item):
        return True

    def __call__(self, a):
        return a

    def __iter__(self):
        return iter((1, 2))

    def __bool__(self):
        return True

    def __str__(self):
        return "point"

    def __getattr__(self, name):
        if name.startswith("__") or name in ("x", "nope", "extra"):
            raise AttributeError(name)
        return 1


class Point3(Point):
    def norm(self):
        return super().norm()


class Slotted:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


@functools.total_ordering
class Ordered:
    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        return self.x == other.x

    def __lt__(self, other):
        return self.x < other.x


@dataclasses.dataclass
class Data:
    x: int
    y: int


@dataclasses.dataclass(frozen=True, order=True)
class Frozen:
    x: int
    y: int


Named = collections.namedtuple("Named", "x y")


class Color(enum.Enum):
    RED = 1
    BLUE = 2


class Perm(enum.Flag):
    R = 1
    W = 2


@contextlib.contextmanager
def managed():
    yield 1


def kw_function(a, b=0):
    return a


def star_function(*args):
    return args


def kwargs_function(**kwargs):
    return kwargs


def counting(n):
    i = 0
    while i < n:
        yield i
        i += 1


@functools.lru_cache
def cached_function(a):
    return a


@functools.singledispatch
def dispatched(a):
    return a


@dispatched.register
def _(a: int):
    return a


def coro_runner():
    async def leaf():
        return 1

    async def many():
        for _ in range(20):
            await leaf()

    def run():
        coro = many()
        try:
            coro.send(None)
        except StopIteration:
            pass

    return run


class Visitor:
    def visit_Point(self, node):
        return node


class Prop:
    def __init__(self, x):
        self._x = x

    @property
    def x(self):
        return self._x

    @x.setter
    def x(self, value):
        self._x = value


class Descriptor:
    def __get__(self, owner, cls):
        return owner.__dict__.get("hidden", 1)

    def __set__(self, owner, value):
        owner.__dict__["hidden"] = value


class Described:
    value = Descriptor()


class Point4(Point):
    def __init__(self, x, y, z):
        super().__init__(x, y)
        self.z = z


class Point5(Point4):
    def __init__(self, x, y, z):
        super().__init__(x, y, z)

    @property
    def total(self):
        return super().total

    def old(self):
        return super(Point5, self).norm()


class Boxes:
    def __init__(self):
        self.d = {"a": 1}

    def __setitem__(self, key, value):
        self.d[key] = value

    def __getitem__(self, key):
        return self.d[key]

    def __contains__(self, key):
        return key in self.d

    def __len__(self):
        return len(self.d)

    def __iadd__(self, other):
        return self

    def __radd__(self, other):
        return self

    def __neg__(self):
        return self

    def __iter__(self):
        for x in self.d:
            yield x

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return True

    def __index__(self):
        return 1

    def __format__(self, spec):
        return spec

    def __repr__(self):
        return f"Boxes({self.d!r})"


class Counting:
    def __iter__(self):
        self.i = 0
        return self

    def __next__(self):
        self.i += 1
        if self.i > 10:
            raise StopIteration
        return self.i


class SetAttr:
    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)


class GetAttribute:
    def __init__(self):
        self.x = 1

    def __getattribute__(self, name):
        return object.__getattribute__(self, name)


class Missing(dict):
    def __missing__(self, key):
        return key


class SubDict(dict):
    pass


class WithNew:
    def __new__(cls, x):
        self = super().__new__(cls)
        self.x = x
        return self


class Meta(type):
    def __call__(cls, *args):
        return super().__call__(*args)


class Meta1(metaclass=Meta):
    def __init__(self, x):
        self.x = x


class Single:
    instance = None

    def __new__(cls):
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance


class AbstractShape(abc.ABC):
    @abc.abstractmethod
    def area(self):
        ...


class Shape(AbstractShape):
    def area(self):
        return 1


@typing.runtime_checkable
class HasArea(typing.Protocol):
    def area(self):
        ...


def kwonly_function(a, *, b=0):
    return a


def forwarding(*args, **kwargs):
    return kw_function(*args, **kwargs)


def many_kw(a, b, c, d):
    return a


def posonly(a, b, /):
    return a


def decorate(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)
    return inner


@decorate
def decorated(a):
    return a


class Deco:
    @decorate
    def m(self, a):
        return a


def counter():
    n = 0

    def step():
        nonlocal n
        n += 1
        return n

    return step


def adder(a):
    return lambda b: a + b


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def fact_kw(n):
    return 1 if n == 0 else n * fact_kw(n=n - 1)


def echo():
    x = None
    while True:
        x = yield x


def catcher():
    while True:
        try:
            yield 1
        except ValueError:
            pass


def outer_gen():
    yield from counting(5)
    yield from counting(5)


def from_list():
    yield from [1, 2, 3, 4, 5]


def tree(depth):
    return (tree(depth - 1), depth, tree(depth - 1)) if depth else None


def walk(node):
    if node:
        yield from walk(node[0])
        yield node[1]
        yield from walk(node[2])


def returning():
    yield 1
    return 2


def drive_return():
    def outer():
        return (yield from returning())
    for x in outer():
        pass


def raiser(n):
    if n == 0:
        raise ValueError("x")
    raiser(n - 1)


class Own(Exception):
    def __init__(self, message, code):
        super().__init__(message)
        self.code = code


def bad_gen():
    yield 1
    raise ValueError("x")


@contextlib.contextmanager
def managed_finally():
    try:
        yield 1
    finally:
        pass


@managed_finally()
def managed_function():
    return 1


@dataclasses.dataclass
class DataDefault:
    a: int = 1
    b: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass(slots=True)
class DataSlots:
    x: int
    y: int


@dataclasses.dataclass
class Nest:
    a: Data
    b: list


@dataclasses.dataclass
class DataPost:
    x: int
    y: int = dataclasses.field(init=False)

    def __post_init__(self):
        self.y = self.x + 1


@dataclasses.dataclass
class DataChild(Data):
    z: int


class TypedPair(typing.NamedTuple):
    a: int
    b: str = "x"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Kind(str, enum.Enum):
    A = "a"
    B = "b"


class IPerm(enum.IntFlag):
    R = 1
    W = 2


class Color2(enum.Enum):
    RED = 1

    def describe(self):
        return self.name


class Partials:
    def add(self, a, b):
        return a + b

    five = functools.partialmethod(add, 2, 3)


class Dispatching:
    @functools.singledispatchmethod
    def m(self, a):
        return a

    @m.register
    def _(self, a: int):
        return a


@functools.lru_cache(None)
def cached_kw(a=1):
    return a


@functools.lru_cache(maxsize=100)
def cached_two(a, b):
    return a


class Cached:
    @functools.lru_cache
    def m(self, a):
        return a


@functools.lru_cache(typed=True)
def cached_typed(a):
    return a


@functools.cache
def cached_fib(n):
    return n if n < 2 else cached_fib(n - 1) + cached_fib(n - 2)


async def zero():
    return 1


async def napping():
    await asyncio.sleep(0)


def gathering():
    async def main():
        await asyncio.gather(*(napping() for _ in range(10)))
    return main


def sleeping():
    async def main():
        for _ in range(10):
            await asyncio.sleep(0)
    return main


def queueing():
    async def main():
        q = asyncio.Queue()
        for i in range(10):
            await q.put(i)
        for i in range(10):
            await q.get()
    return main


def tasking():
    async def main():
        l = [asyncio.create_task(zero()) for _ in range(10)]
        for t in l:
            await t
    return main


def locking():
    async def main():
        k = asyncio.Lock()
        for i in range(10):
            async with k:
                pass
    return main


def waiting():
    async def main():
        for i in range(5):
            await asyncio.wait_for(zero(), 1)
    return main


def eventing():
    async def main():
        e = asyncio.Event()
        t = asyncio.create_task(e.wait())
        await asyncio.sleep(0)
        e.set()
        await t
    return main


def driven(coro):
    try:
        coro.send(None)
    except StopIteration:
        pass


def async_chain():
    async def down(n):
        return 1 if n == 0 else await down(n - 1)
    return lambda: driven(down(10))


def async_looper():
    async def gen():
        for i in range(10):
            yield i

    async def main():
        async for x in gen():
            pass
        return [x async for x in gen()]
    return lambda: driven(main())


class AsyncManager:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        return None


def async_withs():
    async def main():
        for _ in range(10):
            async with AsyncManager():
                pass
    return lambda: driven(main())


def measure(functions):
    """Prints the seconds of one round of each function, the best of the tries; if there are to be none, marks what callgrind counts."""
    repeats = int(sys.argv[1])
    for function in functions:
        if not repeats:
            function(2)  # caches are filled
            for rounds in 2, 8:
                os.sched_yield()
                function(rounds)
            os.sched_yield()
            continue
        rounds = 1
        while function(rounds) < 0.002:
            rounds *= 2
        print(min(function(rounds) for _ in range(repeats)) / rounds, flush=True)


