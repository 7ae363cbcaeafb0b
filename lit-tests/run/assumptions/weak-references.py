# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Weak reference callbacks and finalizers that change a class, a global or a container while a loop runs.
import gc, weakref
gc.disable()
def show(*a): print(*a)
class O:
    k = 1
    def f(self): return self.k
class Target: pass
scale = 1
def reset():
    global scale
    scale, O.k, O.f = 1, 1, kept
kept = O.f
def on_death(change, n, loop):
    t = Target()
    r = weakref.ref(t, lambda r: change())
    out = loop(n, [t])
    del t, r
    reset()
    return out
def drop(box, i, at):
    if i == at: box.clear()
def loop_of(read):
    def loop(n, box):
        t, s = 0, 0
        for i in range(n):
            if i == 100: box[:] = []
            s += read(i)
        return s
    return loop
def run(change, read, n=150):
    """The target dies at i == 100 in the middle of the loop."""
    t = Target()
    r = weakref.ref(t, lambda r: change())
    s = 0
    for i in range(n):
        if i == 100: t = None
        s += read(i)
    reset()
    return s, r() is None
o = O()
def to_float():
    global scale
    scale = 0.5
def rebind_f():
    global step
    step = lambda x: -x
def step(x): return x
show("global", run(to_float, lambda i: i * scale))
show("method", run(lambda: setattr(O, "f", lambda self: 1000), lambda i: o.f()))
show("attribute", run(lambda: setattr(O, "k", 2.5), lambda i: o.f()))
show("own", run(lambda: setattr(o, "k", 2**62), lambda i: o.f()))
del o.k
show("function", run(rebind_f, lambda i: step(i)))
class P(O):
    def f(self): return -5
show("class", run(lambda: setattr(o, "__class__", P), lambda i: o.f()))
o.__class__ = O
def in_one_function(n):
    xs = [1] * 5
    def change(r): xs.append(0.5); xs[0] = "a"
    t, s = Target(), 0
    r = weakref.ref(t, change)
    for i in range(n):
        if i == 100: del t
        for x in xs: s += len(x) if type(x) is str else x
    return s
show("list", in_one_function(150))
def rebinding_kills(n):
    global scale
    s = 0
    def change(r):
        global scale
        scale += 1
    refs = []
    for i in range(n):
        t = Target()          # the one before dies here
        refs.append(weakref.ref(t, change))
        s += scale
    reset()
    return s, sum(r() is not None for r in refs)
show("rebinding", rebinding_kills(150))
def temporaries(n):
    s = []
    for i in range(n):
        weakref.finalize(Target(), s.append, i)
        if len(s) != i + 1: return "late", i
    return len(s), sum(s)
show("temporaries", temporaries(150))
def weak_values(n):
    d = weakref.WeakValueDictionary()
    held = []
    s = 0
    for i in range(n):
        t = Target()
        d[i] = t
        if i % 3 == 0: held.append(t)
        s += len(d)
        if i == 100: held.clear()
    return s, len(d)
show("values", weak_values(150))
def weak_keys(n):
    d, held, s = weakref.WeakKeyDictionary(), [], 0
    for i in range(n):
        t = Target()
        d[t] = i
        held.append(t)
        if len(held) > 10: held.pop(0)
        s += sum(d.values())
    return s, len(d)
show("keys", weak_keys(150))
def weak_set(n):
    w, s = weakref.WeakSet(), 0
    held = [Target() for _ in range(n)]
    for t in held: w.add(t)
    t = None
    while held:
        held.pop()
        s += len(w)
    return s
show("set", weak_set(150))
def proxies(n):
    t = O()
    p, s = weakref.proxy(t), 0
    try:
        for i in range(n):
            if i == 120: t = None
            s += p.f() + p.k
    except ReferenceError as e: return s, i, str(e)
show("proxy", proxies(150))
def weak_methods(n):
    t = O()
    m, s = weakref.WeakMethod(t.f), 0
    for i in range(n):
        f = m()
        s += f() if f else 1000
        f = None
        if i == 100: O.f = lambda self: 0.5
        if i == 120: t = None
    reset()
    return s
show("method", weak_methods(150))
def dies_in_call(n):
    def use(box): return box.pop().k if box else 0.25
    s, dead = 0, []
    for i in range(n):
        t = O()
        r = weakref.ref(t, lambda r: dead.append(1))
        box = [t]
        t = None
        s += use(box) + len(dead)
    return s
show("in a call", dies_in_call(150))
def cycles(n):
    dead = []
    for i in range(n):
        a, b = Target(), Target()
        a.b, b.a = b, a
        weakref.finalize(a, dead.append, i)
        if i == 100: del a, b; gc.collect(); first = len(dead)
    gc.collect()
    return first, len(dead)
show("cycles", cycles(150))
def cycle_changes(n):
    global scale
    class D:
        def __del__(self):
            global scale
            scale = 0.5
            O.f = lambda self: 7
    d, s = D(), 0
    d.d = d
    del d
    for i in range(n):
        if i == 100: gc.collect()
        s += scale * o.f()
    reset()
    return s
show("collected", cycle_changes(150))
def callback_order(n):
    out = []
    t = Target()
    refs = [weakref.ref(t, lambda r, i=i: out.append(i)) for i in range(5)]
    for i in range(n):
        if i == 100: del refs[2]; t = None
    return out
show("order", callback_order(150))
def resurrects(n):
    saved = []
    class R:
        def __del__(self): saved.append(self)
    s = 0
    for i in range(n):
        r = R()
        w = weakref.ref(r)
        r = None
        s += w() is None
        saved[-1].i = i
    return s, len(saved), sum(x.i for x in saved)
show("resurrects", resurrects(150))
def callback_raises(n):
    import sys
    seen = []
    old, sys.unraisablehook = sys.unraisablehook, lambda u: seen.append(str(u.exc_value))
    s = 0
    for i in range(n):
        t = Target()
        r = weakref.ref(t, lambda r: 1 / 0) if i % 50 == 49 else None
        t = None
        s += i
    sys.unraisablehook = old
    return s, seen
show("raises", callback_raises(150))
def reference_is_seen(n):
    t = Target()
    a, b = weakref.ref(t), weakref.ref(t)
    c = 0
    for i in range(n):
        c += (a is b) + (a == b) + (a() is t) + (hash(a) == hash(t)) + weakref.getweakrefcount(t)
        if i == 100: t2, t = t, Target()
    return c
show("seen", reference_is_seen(150))
