# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# When things die while loops run: locals that are rebound and deleted, temporaries, items, and in which order.
import gc, sys
gc.disable()
log = []
def show(*a): print(*a)
def flush(title):
    show(title, *log)
    log.clear()
class D:
    def __init__(self, n): self.n = n
    def __del__(self): log.append(self.n)
    def get(self): return self.n
    def __add__(self, o): return D(self.n + o)
    def twice(self): return D(self.n * 2)
def rebound(n):
    for i in range(n):
        x = D(i)
        if i == 2: log.append("two")
    log.append("end")
rebound(5); flush("rebound")
def deleted(n):
    for i in range(n):
        x = D(i)
        log.append("made")
        del x
        log.append("gone")
deleted(3); flush("deleted")
def order_at_return():
    a = D("a"); b = D("b"); c = D("c")
    log.append("return")
    return 1
order_at_return(); flush("order")
def order_mixed(flag):
    if flag: a = D("a")
    b = 2.5; c = D("c"); d = [D("d1"), D("d2")]; e = (D("e"), d)
    del c
    c = D("c2")
    log.append("leave")
order_mixed(1); order_mixed(0); flush("mixed")
def at_exception(n):
    a = D("a")
    for i in range(n):
        b = D(f"b{i}")
        if i == 2: raise ValueError
try: at_exception(5)
except ValueError: log.append("caught")
flush("exception")
def kept_by_traceback(n):
    a = D("a")
    for i in range(n): a.get()
    1 / 0
try: kept_by_traceback(150)
except ZeroDivisionError as e: log.append("handler"); kept = e
log.append("after"); kept = None; flush("traceback")
def temporaries(n):
    s = 0
    for i in range(n): s += D(i).get() + D(i + 100).get()
    return s
temporaries(3); flush("temporaries")
def operators(n):
    x = D(0)
    for i in range(n):
        x = x + 1
        x = x.twice()
    log.append("done")
operators(3); flush("operators")
def items(n):
    xs = [D(i) for i in range(n)]
    xs[1] = D("new")
    log.append("set")
    del xs[0]
    xs.pop()
    log.append("popped")
    xs[:] = []
    log.append("cleared")
items(4); flush("items")
def dict_items(n):
    d = {i: D(i) for i in range(n)}
    d[0] = None
    d.pop(1)
    log.append("popped")
    d = {}
    log.append("end")
dict_items(4); flush("dict")
class Holder:
    def __init__(self, v): self.v = v
    def put(self, v): self.v = v
def attributes(n):
    h = Holder(D("first"))
    for i in range(n):
        h.put(D(i))
        log.append(f"put{i}")
    del h.v
    log.append("end")
attributes(3); flush("attributes")
def attributes_to_numbers(n):
    h = Holder(1)
    for i in range(n):
        h.put(i if i % 2 else D(i))
        h.v = 0.5 if i == 3 else h.v
    log.append("end")
attributes_to_numbers(6); flush("numbers")
def chain(n):
    head = None
    for i in range(n):
        h = Holder(D(i)); h.next = head; head = h
    log.append("built")
    head = None
    log.append("dropped")
chain(3); flush("chain")
def sees_locals():
    class Spy:
        def __del__(self):
            f = sys._getframe(1)
            log.append((f.f_code.co_name, sorted(k for k in f.f_locals if len(k) == 1)))
    a, b = 1, Spy()
    c = 2
    b = None
    d = Spy()
    del d
    e = 1
sees_locals(); flush("spy")
def changes_global():
    global level
    class G:
        def __del__(self):
            global level
            level += 10
    s = level = 0
    for i in range(150):
        if i == 50: x = G()
        if i == 100: x = None
        s += level
    return s
show("global", changes_global())
def changes_list(n):
    xs = [1] * 10
    class G:
        def __del__(self): xs.append(0.5); xs[0] = "t"
    g, s = G(), 0
    for i in range(n):
        if i == 100: g = i
        for x in xs: s += x if type(x) is not str else len(x)
    return s
show("list", changes_list(150))
def changes_method(n):
    class T:
        def f(self): return 1
    class G:
        def __del__(self): T.f = lambda self: 100; t.own = 5
    t, g, s = T(), G(), 0
    t.own = 1
    for i in range(n):
        if i == 100: del g
        s += t.f() + t.own
    return s
show("method", changes_method(150))
def raises(n):
    class R:
        def __del__(self): raise ValueError("ignored")
    hook, sys.unraisablehook = sys.unraisablehook, lambda u: log.append(str(u.exc_value))
    s = 0
    for i in range(n):
        if i % 50 == 0: x = R()
        s += i
    del x
    sys.unraisablehook = hook
    return s
show(raises(150)); flush("raises")
def resurrected(n):
    kept = []
    class Z:
        def __del__(self): kept.append(self)
    for i in range(n):
        z = Z(); z.i = i
    del z
    return len(kept), sum(k.i for k in kept)
show("resurrected", resurrected(150))
def generator():
    a = D("ga")
    try:
        for i in range(100):
            b = D(f"g{i}")
            yield i
    finally: log.append("finally")
def generators():
    g = generator()
    next(g); next(g)
    log.append("drop")
    del g
    log.append("dropped")
generators(); flush("generator")
def loop_variable():
    for d in [D(i) for i in range(3)]: log.append("body")
    log.append("after")
loop_variable(); flush("loop")
def loop_over_temporaries():
    for d in (D(i) for i in range(3)): log.append("body")
    log.append("after")
loop_over_temporaries(); flush("generated")
def unpacked():
    for a, b in [(D(i), D(-i)) for i in range(1, 3)]: log.append("body")
    log.append("after")
unpacked(); flush("unpacked")
def swapped():
    a, b = D("a"), D("b")
    a, b = b, a
    log.append("swapped")
    a = b = None
swapped(); flush("swapped")
def passed(x):
    x = None
    log.append("in callee")
passed(D("argument")); log.append("after"); flush("passed")
def returned(n):
    for i in range(n):
        def make(): 
            a = D("inner"); b = D(i)
            return b
        v = make()
        log.append("got")
returned(2); flush("returned")
def closure():
    x = D("cell")
    def f(): return x
    f()
    x = D("second")
    log.append("rebound")
    del f
    log.append("end")
closure(); flush("closure")
def comprehension():
    s = [D(i).n for i in range(3)]
    log.append(len(s))
    s = {D(i).n: D(-i) for i in range(1, 3)}
    log.append("dict")
comprehension(); flush("comprehension")
def conditional(n):
    x = None
    for i in range(n):
        x = x or D(i)
        x = D(f"t{i}") if i % 2 else x
    log.append("end")
conditional(4); flush("conditional")
def walrus(n):
    while (d := D(n)).n: n -= 1
    log.append("end")
walrus(2); flush("walrus")
def stars():
    a, *b = D(1), D(2), D(3)
    b.pop(0)
    log.append("popped")
stars(); flush("stars")
def try_finally(n):
    for i in range(n):
        try:
            x = D(i)
            if i == 1: continue
            log.append("body")
        finally:
            log.append("finally")
            x = None
try_finally(3); flush("try")
def with_block():
    class M:
        def __enter__(self): return D("entered")
        def __exit__(self, *a): log.append("exit")
    with M() as m: log.append("in")
    log.append("out")
    with M(): log.append("in")
    log.append("out")
with_block(); flush("with")
def failed_init():
    class F(D):
        def __init__(self, n): super().__init__(n); raise ValueError
    for i in range(3):
        try: F(i)
        except ValueError: log.append("caught")
failed_init(); flush("failed init")
def arguments_die(n):
    def f(a, b): log.append("f"); return 1
    s = 0
    for i in range(n): s += f(D("x"), D("y")) + f(D("z"), i)
arguments_die(1); flush("arguments")
def deep(n):
    d = D(n)
    if n: deep(n - 1)
    log.append(f"leave{n}")
deep(2); flush("deep")
def class_cell():
    class L:
        item = D("class item")
    log.append("made")
    L.item = None
    log.append("end")
class_cell(); flush("class")
def popped_in_call(n):
    xs = [D(i) for i in range(n)]
    while xs: xs.pop().get()
    log.append("end")
popped_in_call(3); flush("pop")
def replaced_while_used(n):
    h = Holder(D("used"))
    class X:
        def __radd__(self, o): h.v = None; log.append("replaced"); return 1
    h.v + X() if False else None
    def use(d, _): log.append(("use", d.get())); return d
    use(h.v, X().__radd__(1))
    log.append("end")
replaced_while_used(1); flush("used")
