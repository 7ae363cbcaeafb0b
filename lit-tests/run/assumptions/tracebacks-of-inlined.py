# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Tracebacks whose frames are calls that a compiler would inline: every frame with its line, name and text.
import sys, traceback
def report(limit=None):
    print(traceback.format_exc(limit).replace(__file__, "FILE"), end="")
def leaf(x, y):
    z = x - y
    return 100 // z
def middle(x, y):
    return leaf(x, y) + \
        leaf(x + 1,
             y)
def loop(n, y):
    s = 0
    for i in range(n):
        s += middle(i, y)
    return s
for y in 120, 121, 1000:
    try: print(loop(150, y))
    except ZeroDivisionError: report()
class P:
    def __init__(self, v):
        self.v = v
        if v == 130: self.check()
    def check(self):
        raise ValueError(f"bad {self.v}")
    def __add__(self, o):
        return P(self.v + o)
    def __getitem__(self, i):
        return [1, 2, 3][i]
    def __eq__(self, o):
        return o.missing
    def __bool__(self): return self.v.nothing
    def __len__(self): return -1
    def __iter__(self): return iter(self.v)
    @property
    def half(self): return self.v / 0
    @staticmethod
    def static(x): return {}[x]
    @classmethod
    def made(cls, x): return cls(x).static(x)
    def __call__(self, a, b=1): return a + b
def construct(n):
    for i in range(n): P(i)
def operators(n):
    p = P(0)
    for i in range(n): p = p + 1
def items(n):
    p = P(1)
    for i in range(n):
        if i >= n - 1: p[i]
        p[i % 3]
def equal(n):
    for i in range(n):
        if i == 110: P(1) == i
def truth(n):
    for i in range(n):
        if i == 110:
            while P(1): pass
def length(n):
    for i in range(n):
        if i == 110: len(P(i))
def iterate(n):
    for i in range(n):
        for x in (P([1, 2]) if i < 110 else P(5)): pass
def getter(n):
    p = P(1)
    for i in range(n):
        if i == 110: p.half
def statics(n):
    for i in range(n):
        if i == 110: P.made(i)
def called(n):
    p = P(1)
    for i in range(n): p(i, "a" if i == 110 else 2)
def wrong_arguments(n):
    for i in range(n):
        if i == 110: leaf(1)
        leaf(1, 2)
def comprehension(n):
    return [leaf(i, 110) for i in range(n)]
def generator(n):
    return sum(leaf(i, 110) for i in range(n))
def lambdas(n):
    f = lambda i: leaf(i, 110)
    for i in range(n): f(i)
def closures(n):
    k = 110
    def inner(i):
        return leaf(i, k)
    for i in range(n): inner(i)
def recursion(n):
    if n == 0:
        return leaf(1, 1)
    return recursion(n - 1)
def key_function(n):
    return sorted(range(n), key=lambda i: leaf(i, 110))
def mapped(n):
    return list(map(leaf, range(n), [110] * n))
for f in construct, operators, items, equal, truth, length, iterate, getter, statics, called, wrong_arguments, comprehension, generator, lambdas, closures, key_function, mapped:
    try: f(150); print(f.__name__, "no error")
    except Exception: report()
try: recursion(3)
except ZeroDivisionError: report()
def caught_inside(n):
    for i in range(n):
        try: leaf(i, 110)
        except ZeroDivisionError as e:
            tb = e.__traceback__
            lines = []
            while tb: lines.append((tb.tb_frame.f_code.co_name, tb.tb_lineno, tb.tb_frame.f_lineno)); tb = tb.tb_next
            print(lines)
caught_inside(150)
def chained(n):
    for i in range(n):
        try: leaf(i, 110)
        except ZeroDivisionError as e:
            raise RuntimeError("outer") from e
try: chained(150)
except RuntimeError: report()
def context(n):
    for i in range(n):
        try: leaf(i, 110)
        except ZeroDivisionError:
            {}["k"]
        finally:
            i + 1
try: context(150)
except KeyError: report()
def again(n):
    for i in range(n):
        try: leaf(i, 110)
        except ZeroDivisionError as e: e.args += ("noted",); raise
try: again(150)
except ZeroDivisionError: report()
def stack_of_leaf(x):
    if x == 110: return [(f.name, f.lineno, f.line) for f in traceback.extract_stack()]
def stack_of_middle(x): return stack_of_leaf(x)
def stacks(n):
    for i in range(n):
        got = stack_of_middle(i)
        if got: print(got)
stacks(150)
def callers_line(x):
    f = sys._getframe(1)
    return f.f_lineno - f.f_code.co_firstlineno, f.f_code.co_name, f.f_locals["i"]
def caller(n):
    out = []
    for i in range(n):
        a = callers_line(i); b = callers_line(
            i)
        if i > n - 3: out += [a, b]
    return out
print(caller(150))
class Step:
    def run(self, i):
        return self.other(
            i,
            0 if i == 110 else 1)
    def other(self, i, d): return i / d
def several_lines(n):
    s = Step()
    total = (0 +
             0)
    for i in range(n):
        total += (i *
                  s.run(i)
                  + 1)
try: several_lines(150)
except ZeroDivisionError: report()
def expression_positions(n):
    a, b, d = 1, "x", {"k": [1, 2]}
    for i in range(n):
        try:
            if i == 100: a + 1 + b + 2
            if i == 101: d["k"][5] + 1
            if i == 102: a.b.c
            if i == 103: (a if i else b)(1)(2)
            if i == 104: x = a * 2; y = -b
            if i == 105: f"{a}{b.nope}"
            if i == 106: d["k"][0], d["z"] = 1, d["zz"]
            if i == 107: a, b = 1, 2, 3
            if i == 108: assert a == 2, "message"
            if i == 109: 1 < a < b
            if i == 110: del d["q"]
            if i == 111: b += a
            if i == 112: [x for x in a]
            if i == 113: (yield_ := i // 0)
            if i == 114: print(*a)
            if i == 115: len(a, b)
            if i == 116: int("x" +
                             "y")
            if i == 117: raise ValueError(a,
                                          b)
        except Exception: report()
expression_positions(150)
