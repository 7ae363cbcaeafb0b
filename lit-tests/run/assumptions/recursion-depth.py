# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# sys.setrecursionlimit changed while things recurse, and how deep functions, methods, operators and constructors get.
import sys
def show(*a): print(*a)
def depth_of(f, limit):
    """How many levels f reaches below this one."""
    sys.setrecursionlimit(limit)
    reached = [0]
    try: f(reached)
    except RecursionError as e: message = str(e).split(" while ")[0].split(" in ")[0]
    else: message = "no error"
    finally: sys.setrecursionlimit(1000)
    return reached[0], message
def plain(r):
    r[0] += 1
    plain(r)
def two(r):
    r[0] += 1
    two_other(r)
def two_other(r):
    r[0] += 1
    two(r)
def with_loop(r):
    for i in range(3):
        r[0] += 1
        with_loop(r)
def keyword(r, k=1):
    r[0] += 1
    keyword(r=r, k=k + 1)
def starred(*a):
    a[0][0] += 1
    starred(*a)
class C:
    def __init__(self, r=None):
        if r: r[0] += 1; C(r)
    def method(self, r):
        r[0] += 1
        self.method(r)
    @classmethod
    def cls_method(cls, r):
        r[0] += 1
        cls.cls_method(r)
    @staticmethod
    def static(r):
        r[0] += 1
        C.static(r)
    def __add__(self, r):
        r[0] += 1
        return self + r
    def __getitem__(self, r):
        r[0] += 1
        return self[r]
    def __call__(self, r):
        r[0] += 1
        self(r)
    def __eq__(self, r):
        r[0] += 1
        return self == r
    def __contains__(self, r):
        r[0] += 1
        return r in self
    @property
    def prop(self):
        self.r[0] += 1
        return self.prop
    def __getattr__(self, name):
        if name == "r": raise AttributeError
        self.r[0] += 1
        return self.missing
    def __neg__(self):
        self.r[0] += 1
        return -self
class S(C):
    def method(self, r):
        r[0] += 1
        super().method(r)
def generator(r):
    r[0] += 1
    yield from generator(r)
def closure(r):
    def inner():
        r[0] += 1
        inner()
    inner()
def lambdas(r):
    f = lambda: (r.__setitem__(0, r[0] + 1), f())
    f()
def comprehension(r):
    r[0] += 1
    [comprehension(r) for _ in (1,)]
def on(o, r):
    o.r = r
    return o
cases = {
    "plain": plain, "two": two, "loop": with_loop, "keyword": keyword, "starred": starred, "init": C, "method": lambda r: C().method(r),
    "classmethod": C.cls_method, "static": C.static, "add": lambda r: C() + r, "getitem": lambda r: C()[r], "call": lambda r: C()(r),
    "eq": lambda r: C() == r, "contains": lambda r: r in C(), "property": lambda r: on(C(), r).prop, "getattr": lambda r: on(C(), r).missing,
    "neg": lambda r: -on(C(), r), "super": lambda r: S().method(r), "generator": lambda r: next(generator(r)), "closure": closure,
    "lambda": lambdas, "comprehension": comprehension,
}
for name, f in cases.items(): show(name, depth_of(f, 200)[0] - depth_of(f, 150)[0], depth_of(f, 300)[1])
def exact(limit):
    """The exact number of levels, by a function that calls itself from a loop."""
    here = 0
    f = sys._getframe()
    while f: here += 1; f = f.f_back
    return depth_of(plain, limit)[0] + here - limit
show("exact", {exact(k) for k in range(100, 250, 7)})
def raised_meanwhile(n):
    if n == 100: sys.setrecursionlimit(400)
    return 0 if n == 0 else 1 + raised_meanwhile(n - 1)
sys.setrecursionlimit(150)
try: show(raised_meanwhile(300))
except RecursionError: show("too deep")
sys.setrecursionlimit(350)
show(raised_meanwhile(120), sys.getrecursionlimit())
def lowered(n):
    if n == 50:
        try: sys.setrecursionlimit(20)
        except RecursionError as e: return str(e).partition(" at ")[0]
    return lowered(n - 1)
show(lowered(100))
sys.setrecursionlimit(1000)
def recovers(n):
    def down(k): return down(k + 1) + 1
    caught = 0
    for i in range(n):
        try: down(0)
        except RecursionError: caught += 1
    return caught
sys.setrecursionlimit(120)
show("recovers", recovers(150))
sys.setrecursionlimit(1000)
def caught_deep(n):
    """Handlers near the limit have room only for what fits."""
    done = []
    def down(k):
        try: down(k + 1)
        except RecursionError: done.append(k)
        finally: done.append(-1)
    down(0)
    return done.count(-1) > 50, done[0] > 50, len([d for d in done if d >= 0])
sys.setrecursionlimit(150)
show("deep", *caught_deep(1))
sys.setrecursionlimit(1000)
def hot_then_deep(n):
    def fib(k): return k if k < 2 else fib(k - 1) + fib(k - 2)
    s = sum(fib(i % 12) for i in range(n))
    def deep(k): return k if k < 2 else deep(k - 1) + 1.5
    out = []
    for k in (50, 500, 5000):
        try: out.append(deep(k))
        except RecursionError as e: out.append(type(e).__name__)
    return s, out
show("fib", hot_then_deep(150))
def deep_results(n):
    def up(k, acc): return acc if k == 0 else up(k - 1, acc + 2**60 if k > 400 else acc + 0.5)
    return up(n, 0)
show("results", deep_results(300), deep_results(700))
def many_limits(n):
    reached = set()
    for i in range(n): reached.add(depth_of(plain, 100 + i)[0] - i)
    return len(reached)
show("limits", many_limits(100))
for bad in (0, -1, "a"):
    try: sys.setrecursionlimit(bad)
    except Exception as e: show(type(e).__name__, e)
show(sys.getrecursionlimit())
