# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# `(x, y) == t`, `t < (x, y)` and hash((x, y)) without a tuple: whom they ask, in which order, and what is told of it.
import sys
import traceback


class N:
    def __init__(self, n): self.n = n
    def __eq__(self, o):
        print("eq", self.n, getattr(o, "n", o)); return NotImplemented if self.n == 5 else self.n == getattr(o, "n", None)
    def __lt__(self, o):
        print("lt", self.n, getattr(o, "n", o)); return self.n < o.n
    def __gt__(self, o):
        print("gt", self.n, getattr(o, "n", o)); return self.n > o.n
    def __hash__(self): print("hash", self.n); return self.n
    def __del__(self): print("del", self.n)
    def __repr__(self): return f"N{self.n}"
    def __bool__(self): print("bool", self.n); return self.n != 2
class T(tuple):
    def __eq__(self, o): print("T.eq", len(o)); return N(2)
    def __lt__(self, o): print("T.lt", len(o)); return N(3)
    def __gt__(self, o): print("T.gt", len(o)); return N(4)
    __hash__ = tuple.__hash__
class R:
    def __eq__(self, o): print("R.eq", type(o).__name__, o); return "req"
    def __ne__(self, o): print("R.ne", type(o).__name__, o); return "rne"
    def __ge__(self, o): print("R.ge", type(o).__name__, o); return "rge"
nan = float("nan")
def lt(a, b, t): return (a, b) < t
def le(a, b, t): return (a, b) <= t
def gt(a, b, t): return (a, b) > t
def ge(a, b, t): return (a, b) >= t
def tlt(a, b, t): return t < (a, b)
def tle(a, b, t): return t <= (a, b)
def tgt(a, b, t): return t > (a, b)
def tge(a, b, t): return t >= (a, b)
orders = [lt, le, gt, ge, tlt, tle, tgt, tge]
def all_of(a, b, t):
    print((a, b) == t, (a, b) != t, t == (a, b), t != (a, b))
    if (a, b) == t: print("same")
    if t != (a, b): print("other")
    for f in orders:
        try: print(f(a, b, t), end=" ")
        except TypeError as e: print(e)
    print()
all_of(1, 2, (1, 2)); all_of(1, 2, (1, 3)); all_of(1, 2, (1,)); all_of(1, 2, (1, 2, 3)); all_of("a", 2, ("b", 1)); all_of(1.0, True, (1, 1))
all_of(nan, 1, (nan, 1)); all_of(nan, 1, (float("nan"), 1)); all_of(1, 2, [1, 2]); all_of(1, 2, T((1, 2))); all_of(1, 2, R()); all_of(1, 2, None)
all_of(N(1), N(2), (N(1), N(2))); all_of(N(1), N(2), (N(1), N(3))); all_of(N(5), N(2), (N(5), N(3)))
all_of(1, "x", (1, 2)); all_of(2**70, b"x", (2**70, b"x"));  all_of(0.0, -0.0, (-0.0, 0.0)); all_of([1], {2: 3}, ([1], {2: 3}))
def h(*a):
    x, y = a
    try: print(hash((x, y)) == hash(a), hash((y,)) == hash((y,)), hash((x, y, y, x, x, y)) == hash((x, y) + (y, x) + (x, y)))
    except TypeError as e: print(e)
h(1, 2); h("a", None); h(2**80, 1.5); h(nan, nan); h(N(1), N(2)); h([], 1); h((1, (2, 3)), frozenset({1})); h(-1, -2); h(int, len); h(b"a", 1j)
hash, old = (lambda t: ("mine", t)), hash
def h2(x, y): return hash((x, y))
print(h2(1, 2)); hash = old; print(h2(1, 2))
def h3(x, y, hash=None): return hash((x, y))
try: h3(1, 2)
except TypeError as e: print(e)
def raises(x, t):
    return (x, 1 // x) == t
try: raises(0, 1)
except ZeroDivisionError as e: print(e)
class Bad:
    def __eq__(self, o): raise ValueError("bad")
    def __hash__(self): raise KeyError("h")
def f(t): return (Bad(), 1) == t
try: f((1, 1))
except ValueError as e: print([(t.name, t.line, t.colno, t.end_colno) for t in traceback.extract_tb(e.__traceback__)])
def f(): return hash((Bad(), 1))
try: f()
except KeyError as e: print([(t.name, t.line, t.colno, t.end_colno) for t in traceback.extract_tb(e.__traceback__)])
class D:
    def __eq__(self, o): return (self.k, 1) == o
    def __hash__(self): return hash((self, 1))
D.k = D()
try: (D.k, 1) == (D(), 1)
except RecursionError as e: print(e)
try: hash(D())
except RecursionError as e: print(e)
calls = []
def heard(frame, event, arg):
    if event == "c_call": calls.append(arg.__name__)
def under_profile(x, y): return hash((x, y)) == 0
sys.setprofile(heard); under_profile(1, 2); sys.setprofile(None); print(calls)
for n in range(2):
    k = 0
    for i in range(2000):
        if (i, n) == (5, 0): k += 1
        key = (i % 3, "x")
        if (i & 1, "x") != key: k += 10
        k += hash((i, n)) == hash((n, i))
    print(k)
