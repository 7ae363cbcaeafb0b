# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Builtin functions and types that get another meaning while a loop that uses them runs.
import builtins
def show(*a): print(*a)

def with_global(name, value, f, *a):
    globals()[name] = value
    try: return f(*a)
    finally: del globals()[name]

def lengths(xs, n, change):
    total = 0
    for i in range(n):
        if i == change: globals()["len"] = lambda v: 1000
        if i == change + 50: del globals()["len"]
        total += len(xs)
    return total
show("len", lengths([1, 2, 3], 300, 100), lengths("ab", 300, 100), lengths({1: 2}, 120, 500))

def lengths_of_builtins(xs, n):
    kept = builtins.len
    total = 0
    for i in range(n):
        if i == 100: builtins.len = lambda v: 0.5
        if i == 150: builtins.len = kept
        total += len(xs)
    return total
show("builtins.len", lengths_of_builtins([1, 2], 200))

def ranges(n):
    total = 0
    for i in range(n):
        if i == 100: globals()["range"] = lambda *a: [5, 6.5]
        for j in range(3): total += j
    del globals()["range"]
    return total
show("range", ranges(200))

def ranges_of_builtins(n):
    kept = builtins.range
    total = 0
    for i in range(n):
        if i == 100: builtins.range = lambda *a: iter("ab")
        for j in range(i, i + 2): total += j if type(j) is int else len(j)
    builtins.range = kept
    return total
show("builtins.range", ranges_of_builtins(200))

def extremes(n):
    total = 0
    for i in range(n):
        if i == 100: globals()["min"] = max
        if i == 150: globals()["max"] = lambda *a: -1
        total += min(i, 50) * 2 + max(i, 50)
    del globals()["min"], globals()["max"]
    return total
show("min max", extremes(200))

def absolute(n):
    total = 0
    for i in range(-n, n):
        if i == 50: globals()["abs"] = str
        total += len(abs(i)) if i >= 50 else abs(i)
    del globals()["abs"]
    return total
show("abs", absolute(150))

def instances(xs, n):
    total = 0
    for i in range(n):
        if i == 100: globals()["isinstance"] = lambda *a: False
        if isinstance(xs[i % 3], int): total += 1
        else: total += 100
    globals().pop("isinstance", None)
    return total
show("isinstance", instances([1, "a", True], 90), instances([1, "a", True], 150))

def type_rebound(n):
    kept, total = builtins.int, 0
    for i in range(n):
        if i == 100: globals()["int"] = float
        if isinstance(i, int): total += 1
        total += int("7")
    del globals()["int"]
    return total
show("int", type_rebound(150))

def conversions(n):
    out = []
    for i in range(n):
        if i == 100: globals()["float"] = lambda v: v * 10
        if i == 110: globals()["str"] = repr
        if i == 120: globals()["bool"] = lambda v: "b"
        x = float(i), str("q"), bool(i)
        if i in (99, 100, 109, 110, 119, 120, 149): out.append(x)
    for name in ("float", "str", "bool"): del globals()[name]
    return out
show("conversions", conversions(150))

def containers(n):
    total = 0
    for i in range(n):
        if i == 100: globals()["list"] = tuple
        if i == 120: globals()["dict"] = lambda **k: 7
        if i == 130: globals()["set"] = lambda v: v
        total += type(list((1, 2))) is tuple
        total += dict(a=1) == 7
        total += 10 * (type(set([1])) is type([]))
    for name in ("list", "dict", "set"): del globals()[name]
    return total
show("containers", containers(150))

def sums(xs, n):
    total = 0
    for i in range(n):
        if i == 100: globals()["sum"] = len
        total += sum(xs)
    del globals()["sum"]
    return total
show("sum", sums([1.5, 2], 150), sums([10], 150))

def paired(xs, n):
    total = 0
    for i in range(n):
        if i == 50: globals()["zip"] = lambda a, b: [(1, 1)]
        if i == 100: globals()["enumerate"] = lambda a: [(0, 100)]
        for a, b in zip(xs, xs): total += a * b
        for k, x in enumerate(xs): total += k * x
    del globals()["zip"], globals()["enumerate"]
    return total
show("zip enumerate", paired([1, 2, 3], 150))

def orders(n):
    out = []
    for i in range(n):
        if i == 100: globals()["sorted"] = list
        if i == 110: globals()["reversed"] = lambda v: v
        if i == 120: globals()["ord"], globals()["chr"] = chr, ord
        v = (sorted([3, 1]), list(reversed([1, 2])), ord("a") if i < 120 else ord(97), chr(98) if i < 120 else chr("b"))
        if i in (99, 100, 110, 120): out.append(v)
    for name in ("sorted", "reversed", "ord", "chr"): del globals()[name]
    return out
show("orders", orders(150))

def local_wins(n):
    len = lambda v: -1
    total = 0
    for i in range(n): total += len("abc")
    return total
show("local", local_wins(150))
def parameter_wins(n, range=lambda n: [1] * n):
    total = 0
    for i in range(n): total += i
    return total
show("parameter", parameter_wins(150), parameter_wins(150, builtins.range))

def print_rebound(n):
    got = []
    for i in range(n):
        if i == 100: globals()["print"] = got.append
        if i >= 98 and i < 102: print(i)
    del globals()["print"]
    return got
show("print", print_rebound(150))

def attribute_builtins(o, n):
    total = 0
    for i in range(n):
        if i == 60: globals()["getattr"] = lambda *a: 1000
        if i == 80: globals()["hasattr"] = lambda *a: False
        if i == 100: globals()["callable"] = lambda v: 3
        total += getattr(o, "real") + hasattr(o, "imag") + callable(o)
    for name in ("getattr", "hasattr", "callable"): del globals()[name]
    return total
show("attributes", attribute_builtins(2, 150))

def iterators(n):
    out = []
    for i in range(n):
        if i == 100: globals()["iter"] = lambda v: iter_kept("zz")
        if i == 120: globals()["next"] = lambda it, d=None: "n"
        it = iter([i])
        v = next(it)
        if i in (99, 100, 119, 120): out.append(v)
    del globals()["iter"], globals()["next"]
    return out
iter_kept = iter
show("iter next", iterators(150))

def disappears(n):
    kept = builtins.divmod
    total = 0
    try:
        for i in range(n):
            if i == 120: del builtins.divmod
            total += divmod(i, 7)[1]
    except NameError as e:
        show("gone", i, total, e)
    finally:
        builtins.divmod = kept
    return total + divmod(9, 7)[1]
show("disappears", disappears(150))

def any_all(xs, n):
    total = 0
    for i in range(n):
        if i == 100: globals()["any"], globals()["all"] = all, any
        total += any(x > 2 for x in xs) * 10 + all(x > 2 for x in xs)
    del globals()["any"], globals()["all"]
    return total
show("any all", any_all([1, 2, 3], 150))

def powers(n):
    total = 0
    for i in range(n):
        if i == 100: globals()["pow"] = lambda *a: 0.25
        if i == 120: globals()["round"] = lambda *a: 1
        if i == 130: globals()["divmod"] = lambda a, b: (a, b)
        total += pow(i, 2) + round(i / 3) + divmod(i, 7)[0]
    for name in ("pow", "round", "divmod"): del globals()[name]
    return total
show("pow", powers(150))

class Super:
    def f(self): return 1
class Sub(Super):
    def f(self): return super().f() + 1
def supers(n):
    o, total = Sub(), 0
    for i in range(n):
        if i == 100: globals()["super"] = lambda *a: Super2()
        total += o.f()
    globals().pop("super", None)
    return total
class Super2:
    def f(self): return 100
try: show("super", supers(90), supers(150))
except RuntimeError as e: show(e)

# Exceptions too are names.
def exceptions(n):
    got = []
    for i in range(n):
        if i == 100: globals()["KeyError"] = IndexError
        try:
            try: {}[i]
            except KeyError: got.append(1)
        except LookupError: got.append(1000)
    del globals()["KeyError"]
    return sum(got)
show("exceptions", exceptions(150))

# At the top level.
n = 0
for i in range(150):
    if i == 100:
        def len(v): return 50
    if i == 120: del len
    n += len("abc")
    if i == 140: abs = lambda v: v
    n += abs(-1)
show("top", n)
del abs
