# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# What annotations say is a guess and no more, however they are written: as text, with parts, of fields, wrong, or no types at all.
from __future__ import annotations
import dataclasses
import typing
from typing import Any, Callable, ClassVar, Dict, Final, Iterator, List, NamedTuple, Optional, Sequence, Tuple, Union


def tried(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return type(e).__name__, str(e)


class Vec:
    def __init__(self, x: float, y: float = 0):
        self.x = x
        self.y = y

    def dot(self, o: Vec) -> float:
        return self.x * o.x + self.y * o.y

    def scaled(self, k: float) -> "Vec":
        return Vec(self.x * k, self.y * k)


def energy(vs: list[Vec], k: float, n: int) -> float:
    s = 0.0
    for _ in range(n):
        for v in vs:
            s += v.scaled(k).dot(v)
    return s


for make in (lambda i: Vec(i + 0.5, i), lambda i: Vec(i, i), lambda i: Vec(2**i, 1), lambda i: Vec(1j, i)):
    for k in (2, 0.5, True, 2**70):
        print(tried(energy, [make(i) for i in range(5)], k, 3))
print(tried(energy, [Vec("a")], 2, 1), tried(energy, [1], 2, 1), tried(energy, None, 2, 1), tried(energy, (Vec(1.5),), 2, 2))


@dataclasses.dataclass
class Point:
    x: int
    y: int = 0
    tags: List[str] = dataclasses.field(default_factory=list)
    count: ClassVar[int] = 0

    def moved(self, dx: int, dy: int) -> Point:
        return Point(self.x + dx, self.y + dy, self.tags)

    def size(self) -> int:
        return abs(self.x) + abs(self.y)


def walk(p: Point, steps: Sequence[Tuple[int, int]]) -> int:
    far = 0
    for dx, dy in steps:
        p = p.moved(dx, dy)
        far = max(far, p.size())
    return far


print(walk(Point(1, 2), [(1, 1)] * 40), walk(Point(1.5, 2), [(0.5, 1)] * 40), walk(Point(2**61, 2), [(2**61, 1)] * 8), walk(Point(True), ((1, 0),)))
print(tried(walk, Point("a", 1), [(1, 1)]), tried(walk, Point(1), [("a", 1)]), tried(walk, Point(1), [1]), Point("a").moved("b", 1))


@dataclasses.dataclass(frozen=True)
class Frozen:
    a: float
    b: Optional[int] = None

    def sum(self) -> float:
        return self.a + self.b if self.b is not None else self.a


def frozen(fs: Dict[str, Frozen], n: int) -> float:
    t = 0.0
    for _ in range(n):
        for f in fs.values():
            t += f.sum() + f.a
    return t


print(frozen({"a": Frozen(1.5), "b": Frozen(2, 3)}, 20), tried(frozen, {"a": Frozen("x")}, 1), tried(setattr, Frozen(1.0), "a", 2.0))


class Slotted:
    __slots__ = ("value", "next")
    value: int
    next: Optional[Slotted]

    def __init__(self, value: int, next: Slotted | None = None) -> None:
        self.value, self.next = value, next

    def __setattr__(self, name, v):
        object.__setattr__(self, name, v + 1 if name == "value" else v)


def total(s: Slotted | None) -> int:
    t = 0
    while s is not None:
        t += s.value
        s.value = s.value
        s = s.next
    return t


chain = None
for i in range(30):
    chain = Slotted(i, chain)
print(total(chain), total(chain), total(None))


class Row(NamedTuple):
    a: float
    b: int = 2


def rows(rs: Iterator[Row]) -> float:
    t: float = 0.0
    for r in rs:
        t += r.a * r.b
    return t


print(rows(iter([Row(1.5), Row(2, 3)] * 20)), rows(Row(i, 0.5) for i in range(30)), tried(rows, [(1, 2)]))


def odd(a: "int", b: 'List[', c: "dict[str, list[float]]", d: 1 + 1, e: print("never"), f: "x y z", g: Callable[[int], str] = str,
        h: Union[int, None, str] = None, *rest: float, i: Final[int] = 3, **kw: int) -> "]":
    s = 0
    for n in range(a):
        s += n * i + (h or 0)
        for v in c.get("k", ()):
            s += v
    return s, g(b), d, e, f, rest, kw


print(odd(5, 1, {"k": [0.5, 2]}, 3, 4, 5), odd(3, 2, {"k": "ab"} if False else {}, None, 1, 2, repr, 1, 2, 3, i=4, z=5), tried(odd, 2.5, 1, {}, 1, 1, 1))
print(odd.__annotations__["b"], Point.__annotations__, typing.get_type_hints(Vec.dot))


async def coroutine(n: int) -> int:
    return n * 2


def generator(n: int) -> Iterator[int]:
    for i in range(n):
        yield i * n


def drive(n: int) -> int:
    t = 0
    for i in range(n):
        c = coroutine(i)
        try:
            c.send(None)
        except StopIteration as e:
            t += e.value
    return t + sum(generator(n))


print(drive(20), sum(generator(5)), tried(sum, generator(1.5)))
