# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Annotations and defaults promise nothing: what arrives is what counts.
from typing import List, Optional
def show(*a): print(*a)
def tried(f, *a, **k):
    try: return f(*a, **k)
    except Exception as e: return type(e).__name__, str(e)

def add(a: int, b: int) -> int: return a + b
def sums(n: int, step: int) -> int:
    total: int = 0
    for i in range(n): total += add(i, step)
    return total
show("int", sums(150, 1), sums(150, 1.5), sums(150, True), sums(3, 2**63), tried(sums, 150, "a"), tried(sums, 150, None))

def ints(xs: List[int]) -> int:
    total: int = 0
    for x in xs: total += x
    return total
show("list", ints(range(150)), ints([0.5] * 150), ints({1: 2, 3: 4}), tried(ints, "ab"), tried(ints, 5), ints((2**62,) * 150))

def text(s: str, n: int) -> str:
    out: str = ""
    for i in range(n): out = out + s
    return out
show("str", len(text("ab", 150)), tried(text, 1, 3), tried(text, b"a", 3))

def floats(x: float, n: int) -> float:
    y: float = x
    for _ in range(n): y = y * 1 + 1
    return y
show("float", floats(1, 150), floats(1.0, 150), floats(True, 150), floats(2**62, 150), floats(1j, 150), tried(floats, [1], 2))

class V:
    x: int = "text"
    y: float
    def __init__(self, x: int, y: float) -> None:
        self.x: int = x
        self.y: float = y
    def dot(self, o: "V") -> float: return self.x * o.x + self.y * o.y
def dots(a: V, b: V, n: int) -> float:
    total: float = 0.0
    for i in range(n): total += a.dot(b)
    return total
show("attributes", dots(V(1, 2.5), V(3, 4.5), 150), dots(V(1.5, 2), V(True, 10), 150), dots(V(2**40, 1), V(2**40, 1), 150), tried(dots, V("a", 1), V("b", 2), 5))
class W:
    x: int
    y: int
    def __init__(self): self.x = self.y = 2
show("another class", dots(W(), W(), 3) if hasattr(W, "dot") else tried(dots, W(), W(), 3), dots(V(1, 1), W(), 150))

def optional(xs: list, d: Optional[int] = None) -> int:
    total = 0
    for x in xs:
        if d is not None: total += d
        else: total += x
    return total
show("optional", optional([1] * 150), optional([1] * 150, 2), optional([1] * 150, 0.5), tried(optional, [1] * 3, "a"))

def flag(b: bool, n: int) -> int:
    k = 0
    for i in range(n):
        if b: k += 1
        if b is True: k += 10
        if b == True: k += 100
    return k
class Odd:
    calls = 0
    def __bool__(self): Odd.calls += 1; return Odd.calls % 2 == 1
    def __eq__(self, o): return o is True
show("bool", flag(True, 150), flag(1, 150), flag("", 150), flag(1.0, 150), flag(Odd(), 150), flag([], 150))

def index(xs: list, i: int, n: int):
    s = 0
    for _ in range(n): s += xs[i]
    return s
class I:
    def __index__(self): return 1
show("index", index([1, 2], 1, 150), index((1, 2), True, 150), index({1: 5}, 1, 150), index([1, 2], I(), 150), tried(index, [1], 1.0, 3), index(b"ab", 0, 150), tried(index, [1], 10**20, 3))

def counts(d: dict, keys: list) -> dict:
    for k in keys: d[k] = d.get(k, 0) + 1
    return d
from collections import Counter, OrderedDict, defaultdict
show("dict", counts({}, [1, 2, 1] * 50), counts(OrderedDict(), "aab" * 50), tried(counts, [], [0]))
def put(d: dict, n: int):
    for i in range(n): d[i] = d[i - 1] + 1 if i else 0
    return len(d), d[n - 1]
show("item", put({}, 150), put([0] * 150, 150), put(defaultdict(int), 150), tried(put, (), 5))

def early(n: int) -> str:
    x: str
    for i in range(n):
        if i > 140: x = i
    return x
show("declared", early(150), tried(early, 100))
def local_annotation(n):
    total: "not a type" = 0
    for i in range(n): total: float = total + i
    return total
show("local", local_annotation(150))

def default_of(n: int, x=0, y=1.5, z="s"):
    for i in range(n):
        x += y
        z += "t"
    return x, len(z)
show("defaults", default_of(150), default_of(150, 1.5, 2), tried(default_of, 3, "a"), default_of(150, y=2**62), tried(default_of, 2, z=1))

def generator(n: int) -> int:
    for i in range(n): yield i
def consumes(g: List[int]) -> int:
    t = 0
    for x in g: t += x
    return t
show("generator", consumes(generator(150)), consumes(x / 2 for x in generator(150)))

def callback(f: int, n: int) -> None:
    t = 0
    for i in range(n): t += f(i)
    return t
show("callable", callback(lambda x: x, 150), callback(float, 150), callback(I, 0), callback([1, 2, 3].__getitem__, 3))

def returns(n: int) -> int:
    if n > 140: return "big"
    if n > 100: return None
    return n
def uses(n: int) -> int:
    t: int = 0
    for i in range(n):
        r = returns(i)
        t += r if type(r) is int else len(r) if r else 1000
    return t
show("returns", uses(150))

x: int = "module"
def reads_global(n):
    t = 0
    for i in range(n): t += len(x) if isinstance(x, str) else x
    return t
show("global", reads_global(150))
x = 3
show("global", reads_global(150))
x = 0.5
show("global", reads_global(150))

class Typed:
    count: int = 0
    items: List[int] = []
    def bump(self, k: int) -> "Typed":
        self.count += k
        self.items.append(k)
        return self
def bumps(n, k):
    t = Typed()
    for i in range(n): t = t.bump(k)
    del Typed.items[:]
    return t.count
show("class", bumps(150, 1), bumps(150, 0.5), bumps(150, 2**61), tried(bumps, 2, "a"))
show(add.__annotations__, V.__annotations__, sorted(Typed.__annotations__))
add.__annotations__["a"] = str
show(sums(150, 2))
