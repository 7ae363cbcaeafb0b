# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Generators and coroutines that are closed, thrown into, partly consumed, or whose surroundings change between steps.
import sys
log = []
def show(*a): print(*a)
def flush(title): show(title, *log); log.clear()
def numbers(n):
    s = 0
    try:
        for i in range(n):
            s += i
            got = yield s
            if got is not None: s = got
    except ValueError as e:
        yield ("caught", str(e), i, s)
    finally: log.append(("finally", i, s))
def closed(n):
    g = numbers(1000)
    for i in range(n): v = next(g)
    g.close()
    return v, next(g, "ended")
show("closed", closed(150)); flush("closed")
def thrown(n):
    g = numbers(1000)
    for i in range(n): v = next(g)
    r = g.throw(ValueError("v"))
    rest = list(g)
    return v, r, rest
show("thrown", thrown(150)); flush("thrown")
def thrown_uncaught(n):
    g = numbers(1000)
    for i in range(n): next(g)
    try: g.throw(KeyError("k"))
    except KeyError as e: return str(e), g.gi_frame
show("uncaught", thrown_uncaught(150)); flush("uncaught")
def sent(n):
    g = numbers(1000)
    v = next(g)
    for i in range(n): v = g.send(0.5 if i == 100 else 2**62 if i == 120 else None)
    try: g.send("text"); g.send(None)
    except TypeError as e: return v, str(e)
show("sent", sent(150)); flush("sent")
def dropped(n):
    for k in range(3):
        g = numbers(1000)
        for i in range(n): next(g)
        if k == 1: g = None; log.append("none")
    log.append("leave")
dropped(120); flush("dropped")
def partly(n):
    g = (i * i for i in range(n))
    s = 0
    for x in g:
        s += x
        if x > 5000: break
    t = next(g)
    for x in g:
        if x > 12000: break
    else: t = -1
    return s, t, sum(g), list(g)
show("partly", partly(150))
def expression_sees_changes(n):
    k, xs = 1, [1, 2, 3]
    g = (x * k for x in xs)
    s = next(g)
    k = 0.5
    xs.append(100)
    s += sum(g)
    h = (k + i for i in range(n))
    for i, v in enumerate(h):
        s += v
        if i == 100: k = 1000
        if i == 120: k = -2**62
    return s
show("sees", expression_sees_changes(150))
def globals_change(n):
    global factor
    factor = 1
    def g():
        for i in range(n): yield i * factor
    s = 0
    for v in g():
        s += v
        if s > 4000 and factor == 1: factor = 0.5
        if s > 5000: factor = 2**62; break
    return s
show("globals", globals_change(150))
def method_change(n):
    class C:
        def step(self, x): return x
        def run(self):
            for i in range(n): yield self.step(i)
    c, s = C(), 0
    for k, v in enumerate(c.run()):
        s += v
        if k == 100: C.step = lambda self, x: 0.5
        if k == 120: c.step = lambda x: 1000
    return s
show("method", method_change(150))
def list_change(n):
    xs = list(range(n))
    def g():
        for x in xs: yield x
    s = 0
    for v in g():
        s += v
        if v == 100: xs.append(0.25); del xs[110:120]
        if v == 125: xs[126 - 10] = 2**65
    return s
show("list", list_change(150))
def delegated(n):
    def inner(k):
        try:
            for i in range(k): 
                got = yield i
                if got: log.append(("got", got))
            return k * 10
        except KeyError: 
            yield "key"
            return -1
        finally: log.append(("inner", i))
    def outer(k):
        a = yield from inner(k)
        b = yield from range(3)
        c = yield from [a, b]
    g = outer(n)
    s = next(g)
    for i in range(n - 1): s += g.send(i if i > 147 else None)
    rest = list(g)
    h = outer(n)
    for i in range(100): next(h)
    k = h.throw(KeyError)
    rest2 = list(h)
    h = outer(n)
    for i in range(120): next(h)
    h.close()
    return s, rest, k, rest2
show("delegated", delegated(150)); flush("delegated")
def ignores_exit(n):
    def g():
        for i in range(n):
            try: yield i
            except GeneratorExit:
                if i == 100: yield "no"
                raise
    a, b = g(), g()
    for i in range(50): next(a)
    a.close()
    for i in range(101): next(b)
    try: b.close()
    except RuntimeError as e: return str(e)
show("ignores", ignores_exit(150))
def stop_inside(n):
    def g():
        it = iter(range(100))
        while True: yield next(it)
    s = 0
    try:
        for v in g(): s += v
    except RuntimeError as e: return s, str(e), type(e.__cause__).__name__
show("stop", stop_inside(150))
def re_entered(n):
    def g():
        for i in range(n):
            if i == 120:
                try: next(it)
                except ValueError as e: log.append(str(e))
            yield i
    it = g()
    return sum(it)
show("re-entered", re_entered(150)); flush("re-entered")
def returned(n):
    def g():
        for i in range(n):
            if i == 120: return i / 2
            yield i
    it, s = g(), 0
    while True:
        try: s += next(it)
        except StopIteration as e: return s, e.value
show("returned", returned(150))
def kinds(n):
    def g(x):
        for i in range(n):
            x = yield x + i if x is not None else "none"
    it = g(0)
    v = next(it)
    out = []
    for i in range(n - 1):
        v = it.send(v if i < 60 else i / 2 if i < 80 else True if i < 100 else None if i < 120 else 2**62)
        if i in (59, 70, 90, 110, 140): out.append(v)
    return out
show("kinds", kinds(150))
def interleaved(n):
    gs = [numbers(n + k) for k in range(3)]
    s = 0
    for i in range(n): s += next(gs[i % 3]) * (1 if i % 2 else -1)
    gs[0].close()
    del gs[1]
    try: gs[1].throw(OSError)
    except OSError: log.append("os")
    return s
show("interleaved", interleaved(150)); flush("interleaved")
def frame_locals(n):
    g = numbers(n)
    for i in range(100): next(g)
    f = g.gi_frame
    d = f.f_locals
    return d["i"], d["s"], g.gi_running, f.f_lineno - f.f_code.co_firstlineno
show("frame", frame_locals(150)); flush("frame")
def with_in_generator(n):
    class M:
        def __enter__(self): log.append("enter")
        def __exit__(self, k, v, t): log.append(k and k.__name__); return k is KeyError
    def g():
        for i in range(n):
            with M(): yield i
    it = g()
    next(it); next(it)
    it.throw(KeyError("x"))
    it.close()
    try: next(it)
    except StopIteration: log.append("stop")
with_in_generator(150); flush("with")
def unpacked(n):
    def g():
        try:
            for i in range(n): yield i
        finally: log.append("closed")
    a, b, *c = g()
    try: x, y = g()
    except ValueError as e: log.append(str(e))
    d = {**{str(k): k for k in g() if k < 2}}
    return a, b, len(c), d, max(g()), 100 in g(), any(x > 50 for x in g()), all(x < 50 for x in g())
show("unpacked", unpacked(150)); flush("unpacked")
def zipped(n):
    a, b = iter(range(n)), (x / 2 for x in range(n - 20))
    s = 0
    for x, y in zip(a, b): s += x * y
    return s, next(a), list(zip(numbers(3), "ab"))
show("zipped", zipped(150)); flush("zipped")
def throws_in_loop(n):
    def g():
        s = 0
        while True:
            try: s += yield s
            except ZeroDivisionError: s = 0.5
            except TypeError as e: s = -1
    it = g()
    next(it)
    out = []
    for i in range(n):
        if i == 50: v = it.throw(ZeroDivisionError)
        elif i == 100: v = it.send("a")
        else: v = it.send(i)
        if i in (49, 50, 51, 99, 100, 101, 149): out.append(v)
    return out
show("throws", throws_in_loop(150))
def recursive_walk(n):
    tree = None
    for i in range(n): tree = (tree, i, None) if i % 2 else (None, i, tree)
    def walk(t):
        if t:
            yield from walk(t[0])
            yield t[1]
            yield from walk(t[2])
    s = 0
    for k, v in enumerate(walk(tree)):
        s += k * v
        if k == 100: break
    return s, sum(walk(tree))
show("walk", recursive_walk(150))
# Coroutines
class Step:
    def __init__(self, v): self.v = v
    def __await__(self): return (yield self.v)
async def work(n):
    s = 0
    try:
        for i in range(n):
            s += await Step(i)
            if i == 120: s += await other(i)
    except ValueError: s = -s
    finally: log.append(("coroutine", i))
    return s
async def other(i):
    return (await Step("inner")) * 0.5
def drive(c, throw_at=-1):
    v, k = None, 0
    try:
        v = c.send(None)
        while True:
            k += 1
            v = c.throw(ValueError("t")) if k == throw_at else c.send(v if type(v) is int else 1)
    except StopIteration as e: return e.value, k
show("coroutine", drive(work(150)), drive(work(150), 70)); flush("coroutine")
def closed_coroutine(n):
    c = work(n)
    v = c.send(None)
    for i in range(100): v = c.send(v)
    c.close()
    try: c.send(None)
    except RuntimeError as e: return str(e)
show("closed", closed_coroutine(150)); flush("closed")
async def agen(n):
    try:
        for i in range(n):
            got = yield i
            if got: await Step(got)
    finally: log.append("async closed")
async def consume(n):
    s = 0
    g = agen(n)
    async for x in g:
        s += x
        if x == 100: break
    s += await g.asend(5)
    await g.aclose()
    return s, [x async for x in agen(3)], sum([x * 2 async for x in agen(n) if x % 2])
show("async", drive(consume(150))); flush("async")
def rebinding_generator(n):
    def g():
        for i in range(n): yield i
    s, it = 0, g()
    for i in range(n):
        if i == 100: it = iter([0.5] * 60)
        if i == 120: g.__code__ = (lambda: iter((1, n))).__code__; it = g(); s += sum(it); it = iter(range(50))
        s += next(it)
    return s
show("rebinding", rebinding_generator(150))
g = numbers(200)
total = 0
for x in g:
    total += x
    if x > 5000: total += g.send(0.5)
    if total > 90000: g.close()
show("top", total); flush("top")
