"""What the statements of operations.txt use, and the clock; operations.py puts the rows behind it."""
import asyncio
import collections
import contextlib
import dataclasses
import enum
import functools
import sys
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


def measure(functions):
    """Prints the seconds of one round of each function, the best of the tries."""
    repeats = int(sys.argv[1])
    for function in functions:
        rounds = 1
        while function(rounds) < 0.002:
            rounds *= 2
        print(min(function(rounds) for _ in range(repeats)) / rounds, flush=True)


