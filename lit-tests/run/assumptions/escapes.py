# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Objects and numbers that look local and are not: stored by a callee, in a closure, a traceback, locals(); identity.
import sys
def show(*a): print(*a)
class V:
    def __init__(self, x, y): self.x, self.y = x, y
    def __add__(self, o): return V(self.x + o.x, self.y + o.y)
    def dot(self, o): return self.x * o.x + self.y * o.y
    def me(self): return self
    def keep(self): kept.append(self); return self.x
kept = []
def local_only(n):
    s = 0
    for i in range(n):
        a, b = V(i, 1), V(2, 0.5)
        s += (a + b).dot(b)
    return s
show("local", local_only(150))
def stored(n):
    s = 0
    for i in range(n):
        a = V(i, 1)
        s += a.keep() if i % 50 == 0 else a.x
        a.x = -1
    got = [v.x for v in kept]
    kept.clear()
    return s, got
show("stored", stored(150))
def returned(n):
    last = None
    for i in range(n):
        v = V(i, i)
        if i == 120: last = v
        v.x += 0.5
    return last.x, last.y, last is v
show("returned", returned(150))
def in_closure(n):
    fs = []
    for i in range(n):
        v = V(i, 1)
        if i % 50 == 0: fs.append(lambda v=v: v.x)
        if i == 100: fs.append(lambda: v.x)
        v.x *= 2
    return [f() for f in fs]
show("closure", in_closure(150))
def in_traceback(n):
    for i in range(n):
        v, w = V(i, 1), 0.5 * i
        if i == 120: raise ValueError
try: in_traceback(150)
except ValueError as e:
    d = e.__traceback__.tb_next.tb_frame.f_locals
    show("traceback", d["v"].x, d["w"], d["i"], sorted(d))
def in_locals(n):
    seen = []
    for i in range(n):
        v, k = V(i, 2), i / 2
        if i % 60 == 0: seen.append(dict(locals()))
        v.x += 1
    return [(d["v"].x, d["k"], d["i"]) for d in seen]
show("locals", in_locals(150))
def in_frame(n):
    def look():
        d = sys._getframe(1).f_locals
        return d["v"], d["t"]
    out = []
    for i in range(n):
        v = V(i, 0)
        t = i * 1.5
        if i == 100: out.append(look())
        v.x = 7
    return out[0][0].x, out[0][1]
show("frame", in_frame(150))
def identity(n):
    c = [0] * 8
    last = None
    for i in range(n):
        a, b = V(1, 2), V(1, 2)
        c[0] += a is b; c[1] += a is a.me(); c[2] += a is last; c[3] += id(a) == id(a.me()); c[4] += a in [a]; c[5] += a == b
        c[6] += [a].index(a); c[7] += {a: i}[a] == i
        last = a if i % 2 else a.me()
        c[2] += last is a
    return c
show("identity", identity(150))
def numbers(n):
    c = [0] * 7
    for i in range(n):
        x = i * 0.5
        y = x
        big = 2**62 + i
        other = big
        xs = [x, big]
        c[0] += x is y; c[1] += xs[0] is x; c[2] += xs[0] is xs[0]; c[3] += big is other; c[4] += xs[1] is big; c[5] += i is i; c[6] += id(x) == id(y)
    return c
show("numbers", numbers(150))
def nan_identity(n):
    c = 0
    for i in range(n):
        v = V(float("nan"), 0)
        xs = [v.x]
        c += (v.x in xs) + (v.x is xs[0]) * 10 + (v.x == v.x) * 100 + ((v.x,) == (xs[0],)) * 1000
    return c
show("nan", nan_identity(150))
def small_ints(n):
    c = 0
    for i in range(n):
        a = i + 1
        b = 1 + i
        if a < 256: c += a is b
    return c, True is (1 == 1), None is None
show("small", small_ints(150))
def tuples(n):
    s, held = 0, []
    for i in range(n):
        p = (i, i * 0.5)
        a, b = p
        s += a * b
        if i % 70 == 0: held.append(p)
        q = p
        s += (q is p) + (p == (a, b))
    return s, held
show("tuples", tuples(150))
def pairs(i): return i, V(i, 0.5)
def returned_pairs(n):
    s, last = 0, None
    for i in range(n):
        k, v = pairs(i)
        s += k + v.x + v.y
        if i == 77: last = v
    return s, last.x
show("pairs", returned_pairs(150))
def lists(n):
    s, held = 0, None
    for i in range(n):
        xs = [i, i + 1, 0.5]
        xs.append(i)
        s += xs[0] + xs[-1] + len(xs)
        if i == 100: held = xs
        xs[0] = "changed"
    return s, held
show("lists", lists(150))
def dicts(n):
    s, held = 0, []
    for i in range(n):
        d = {"a": i, "b": i / 2}
        s += d["a"] + d["b"]
        if i % 70 == 0: held.append(d)
        d["c"] = 1
    return s, held
show("dicts", dicts(150))
def changed_class(n):
    class W(V):
        def dot(self, o): return -1
    s = 0
    for i in range(n):
        a = V(i, 1)
        if i == 100: a.__class__ = W
        if i == 120: a.__dict__["x"] = 0.5
        if i == 130: vars(a).clear(); a.x = a.y = 2**62
        s += a.dot(a)
    return s
show("class", changed_class(150))
def weakly(n):
    import weakref
    c = 0
    for i in range(n):
        a = V(i, 1)
        r = weakref.ref(a)
        c += r() is a
        b = a + a
        del a
        c += r() is None
    return c
show("weak", weakly(150))
def counted(n):
    out = set()
    for i in range(n):
        a = V(i, 1)
        b = a
        out.add(sys.getrefcount(a))
        xs = [a, a]
        out.add(sys.getrefcount(a))
    return sorted(out)
show("counts", counted(150))
def watched(n):
    seen = []
    class D:
        def __init__(self, v): self.v = v
        def __del__(self): seen.append(self.v)
    for i in range(n):
        d = D(i)
        if i % 50 == 0: d.me = V(d, 1)
        if i % 60 == 0: kept.append(d)
    r = len(seen), kept[0].v
    kept.clear()
    return r, len(seen)
show("deaths", watched(150))
def through_globals(n):
    global shared
    s = 0
    for i in range(n):
        v = V(i, 1)
        if i == 100: shared = v
        if i > 100: shared.x += v.x
        s += v.x
    return s, shared.x, shared is v
show("globals", through_globals(150))
def through_attributes(n):
    head = V(0, None)
    for i in range(n):
        v = V(i, head)
        head = v if i % 3 == 0 else head
        v.x += 0.5 if i == 99 else 0
    s, c = 0, 0
    while head is not None: s += head.x; c += 1; head = head.y
    return s, c
show("attributes", through_attributes(150))
def generators(n):
    def g():
        v = V(0, 1)
        for i in range(n):
            v.x = i
            yield v
    a = None
    s = 0
    for v in g():
        s += v.x
        if a is None: a = v
        if v.x == 100: v.x = 0.5; s += a.x
    return s, a is v, a.x
show("generator", generators(150))
def arguments(n):
    def take(*a, **k): kept.append((a, k)) if a[0].x == 100 else None
    for i in range(n):
        v = V(i, 0.5)
        take(v, i, w=v)
        v.x = "later"
    (a, k), = kept
    kept.clear()
    return a[0].x, a[1], k["w"] is a[0]
show("arguments", arguments(150))
def bound_methods(n):
    fs = []
    for i in range(n):
        v = V(i, 2)
        f = v.dot
        if i % 60 == 0: fs.append(f)
        v.x = v.x + 1
    return [f(V(1, 1)) for f in fs], fs[0].__self__.x
show("bound", bound_methods(150))
def exceptions(n):
    held = None
    for i in range(n):
        try:
            raise ValueError(i, V(i, 1)) if i % 2 else KeyError(i)
        except ValueError as e:
            if i == 101: held = e
            e.args[1].x = -1
        except KeyError as e: pass
    return held.args[0], held.args[1].x, held.__traceback__ is not None
show("exceptions", exceptions(150))
def printed(n):
    out = 0
    for i in range(n):
        v = V(i, 0.5)
        out += len(str(vars(v))) + len(repr((v.x, v.y))) + (repr(v) == object.__repr__(v))
    return out
show("printed", printed(150))
def copied(n):
    import copy, pickle
    s = 0
    for i in range(n):
        v = V(i, [i])
        w, z = copy.copy(v), pickle.loads(pickle.dumps(v))
        v.y.append(1)
        s += len(w.y) * 10 + len(z.y) + (w is v)
    return s
show("copied", copied(150))
for i in range(150):
    v = V(i, 0.5)
    w = v + v
    if i == 100: globals()["held"] = w
    w.x = -w.x
show("top", held.x, held.y, w is held)
