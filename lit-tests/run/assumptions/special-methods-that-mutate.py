# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# __eq__, __index__, __bool__, __hash__ and others that change what is being worked on, in the middle of a loop.
def show(*a): print(*a)
class Eq:
    def __init__(self, f): self.f = f
    def __eq__(self, o): return self.f()
    __hash__ = None
def contains(n):
    xs, c = [], 0
    def shrink():
        xs.clear()
        return False
    for i in range(n):
        if i % 50 == 49: xs[:] = [Eq(shrink)] * 3 + [i]
        else: xs.append(i)
        c += i in xs
    return c, len(xs)
show("in", contains(150))
def indexes(n):
    xs, out = [1, 2, 3], []
    def change():
        if len(xs) < 60: xs.insert(0, 7)
        return False
    xs[1] = Eq(change)
    for i in range(n):
        try: out.append(xs.index(3))
        except ValueError: out.append(-1)
    return len(out), out[:5], out[-1], xs.count(7)
show("index", indexes(120))
def removed(n):
    c = 0
    for i in range(n):
        xs = [1, 2, 3]
        def gone(): xs.clear(); return True
        xs[1] = Eq(gone) if i % 3 == 0 else 2
        try: xs.remove(2); c += len(xs)
        except ValueError: c += 100
    return c
show("remove", removed(120))
class Index:
    def __init__(self, f): self.f = f
    def __index__(self): return self.f()
def by_index(n):
    xs, s = list(range(10)), 0
    def change():
        xs.append(0.5); xs[2] = 100
        return 2
    def cut():
        del xs[3:]
        return -1
    for i in range(n):
        k = i % 3
        if i == 100: k = Index(change)
        if i == 120: k = Index(cut)
        if i == 130: k = Index(lambda: xs.clear() or 0)
        try: s += xs[k]
        except IndexError as e: s += 1000; xs[:] = [1, 2, 3]
    return s, xs
show("getitem", by_index(150))
def by_index_set(n):
    xs = list(range(10))
    for i in range(n):
        k = i % 3
        if i == 100: k = Index(lambda: xs.append("x") or 0)
        if i == 120: k = Index(lambda: xs.clear() or 5)
        try: xs[k] = i
        except IndexError as e: xs[:] = [str(e), 1, 2]
    return xs
show("setitem", by_index_set(150))
def slices(n):
    xs, s = list(range(10)), 0
    for i in range(n):
        if i == 100: s += len(xs[Index(lambda: xs.clear() or 0):]); xs[:] = [1, 2, 3]
        if i == 110: xs[Index(lambda: xs.append(5) or 1):2] = [7, 8]
        if i == 120: del xs[:Index(lambda: xs.pop() and 2)]
        s += sum(xs[:2])
    return s, xs
show("slice", slices(130))
def in_range(n):
    s, log = 0, []
    for i in range(n):
        stop = Index(lambda: log.append(i) or 3) if i > 100 else 3
        for j in range(stop): s += j
    return s, len(log)
show("range", in_range(120))
class Bool:
    def __init__(self, f): self.f = f
    def __bool__(self): return self.f()
def conditions(n):
    xs, c = [1], 0
    def change(): xs.append(0.5); return len(xs) % 2 == 0
    for i in range(n):
        b = i % 2 == 0 if i < 100 else Bool(change)
        if b and xs: c += 1
        if not b: c += 10
        c += 100 if b else 0
        while b and len(xs) < 3: xs.append(0)
    return c, len(xs)
show("bool", conditions(130))
def locals_in_bool(n):
    x = 1
    class B:
        def __bool__(self):
            nonlocal x
            x = x + 0.5
            return True
    b, s = B(), 0
    for i in range(n):
        s += x
        if i > 100 and b: s += x
    return s, x
show("nonlocal", locals_in_bool(130))
class Key:
    def __init__(self, n, d=None): self.n, self.d = n, d
    def __hash__(self): return self.n % 4
    def __eq__(self, o):
        if self.d is not None: d, self.d = self.d, None; d.clear()
        return isinstance(o, Key) and self.n == o.n
def keys(n):
    d, found = {}, 0
    for i in range(n):
        k = Key(i)
        d[k] = i
        if i == 100: k.d = d
        found += d.get(Key(i), -1000)
        found += Key(i + 1) in d
    return found, len(d)
show("keys", keys(130))
def hashes(n):
    class H:
        def __init__(self): self.h = 1
        def __hash__(self): self.h += 1; log.append(self.h); return self.h // 100
        def __eq__(self, o): return self is o
    log, h, d = [], H(), {}
    for i in range(n): d[h] = i
    return len(d), len(log), h in d
show("hash", hashes(150))
def arithmetic(n):
    class A:
        def __init__(self): self.v = 1
        def __add__(self, o): xs.append(o); return xs[0] + o
        def __radd__(self, o): xs[0] = 0.5; return o
    xs, s = [1], 0
    a = A()
    for i in range(n):
        if i == 100: s += a
        if i == 110: s = a + s
        s += xs[0] + len(xs)
    return s
show("arithmetic", arithmetic(130))
def comparisons(n):
    class L:
        def __lt__(self, o): xs.pop(); return True
        def __gt__(self, o): xs.append(2.5); return False
    xs, c = [1] * 50, 0
    x = L()
    for i in range(n):
        c += (i if i < 100 else x) < 50
        if i > 100: c += 1 < x
        c += len(xs)
    return c, max([x, x, x]) is x, min([x, x]) is x, len(xs)
show("comparisons", comparisons(130))
def formats(n):
    class F:
        def __str__(self): xs.append(1); return "f"
        __repr__ = __str__
        def __format__(self, spec): xs.clear(); return spec
    xs, f, c = [1.5], F(), 0
    for i in range(n):
        c += len(f"{f}{len(xs)}") + len("%s%r" % (f, f)) + len(str([f])) + len(xs) + len(f"{f:abc}")
    return c, xs
show("formats", formats(120))
def lengths(n):
    class N:
        def __len__(self): xs.append(0); return len(xs)
    xs, s, o = [], 0, N()
    for i in range(n):
        if i < 100: s += len(xs)
        else: s += len(o) + bool(o)
    return s
show("len", lengths(120))
def iteration(n):
    class It:
        def __init__(self, xs): self.xs = xs
        def __iter__(self): return self
        def __next__(self):
            if not self.xs: raise StopIteration
            return self.xs.pop()
    s = 0
    for i in range(n):
        xs = [1, 2.5, 3]
        for x in It(xs):
            s += x
            if i == 100 and x == 3: xs.insert(0, 1000); xs.append(True)
    return s
show("iteration", iteration(120))
def getattr_changes(n):
    class G:
        def __getattr__(self, name): setattr(self, name, 0.5); return 1
    s = 0
    for i in range(n):
        g = G()
        s += g.a + g.a + g.b
        if i == 100: G.a = 50
    return s
show("getattr", getattr_changes(130))
def setitem(n):
    class D(dict):
        def __setitem__(self, k, v): dict.__setitem__(self, k, v); other[k] = len(self); 
    other, d, s = {}, D(), 0
    for i in range(n):
        d[i % 20] = i
        s += sum(other.values()) if i % 10 == 0 else 0
    return s
show("setitem", setitem(150))
def instancecheck(n):
    class M(type):
        def __instancecheck__(cls, o): xs.append(1); return len(xs) > 20
    class C(metaclass=M): pass
    xs, c = [], 0
    for i in range(n): c += isinstance(i, C) + isinstance(i, (str, C))
    return c, len(xs)
show("instancecheck", instancecheck(120))
def calls(n):
    class F:
        def __call__(self, x): global step; step = other; return x
    global step
    step, s = F(), 0
    for i in range(n): s += step(i)
    return s
def other(x): return x * 0.5
show("calls", calls(120))
def augmented(n):
    class A:
        def __iadd__(self, o): box.v = 5; return 1.5
        def __imul__(self, o): return NotImplemented
        def __mul__(self, o): return [o]
    class Box: pass
    box = Box()
    box.v, s = 1, 0
    for i in range(n):
        if i == 100: box.v = A()
        box.v += 1
        s += box.v
    a = A()
    a *= 3
    return s, box.v, a
show("augmented", augmented(120))
def unpacking(n):
    class T:
        def __iter__(self): xs.append(1); yield 1; xs.append(2); yield 2.5
    xs, s, t = [], 0, (1, 2)
    for i in range(n):
        if i == 100: t = T()
        a, b = t
        s += a * b + len(xs)
    return s
show("unpacking", unpacking(120))
def sum_of(n):
    class S:
        def __radd__(self, o): xs.append(5) if len(xs) < 160 else None; return o + 1
    xs = [1] * n
    xs[100] = S()
    return sum(xs), len(xs), sum(xs, 0.5)
show("sum", sum_of(150))
def join_of(n):
    class G:
        def __iter__(self):
            for i in range(n): xs.append(i); yield str(i % 10)
    xs = []
    return len("".join(G())), len(xs), len(list(G())), len(tuple(G())), len(xs)
show("join", join_of(120))
def extend_itself(n):
    xs = [1, 2]
    for i in range(7): xs.extend(xs)
    xs += xs
    xs[len(xs):] = xs
    xs[:1] = xs[:3]
    return len(xs), sum(xs)
show("itself", extend_itself(1))
def map_changes(n):
    xs = list(range(n))
    def f(x):
        if x == 100: xs.append(1000)
        if x == 120: del xs[140:150]
        return x
    return sum(map(f, xs)), len(xs), len(list(filter(lambda x: xs.pop() if x > 100 else x, xs)))
show("map", map_changes(150))
def max_key(n):
    xs = list(range(n))
    def key(x):
        if len(xs) < 200: xs.append(x + 100)
        return x
    return max(xs, key=key), len(xs)
show("max", max_key(150))
def float_methods(n):
    class F:
        def __float__(self): xs.append(0.5); return 2.0
        def __int__(self): xs.append("i"); return 3
        def __round__(self, k=None): return 4
        def __abs__(self): xs.clear(); return 5
    xs, s, f = [], 0, F()
    for i in range(n):
        v = i if i < 100 else f
        s += float(v) + int(v) + round(v) + abs(v)
        s += len(xs)
    return s
show("conversions", float_methods(120))
