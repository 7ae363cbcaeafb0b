# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Cells that change their value and kind while closures are called in loops.
def show(*a): print(*a)
def counter(start):
    n = start
    def up(d=1):
        nonlocal n
        n += d
        return n
    return up
def counts(n, start, d):
    up = counter(start)
    for i in range(n): v = up(d)
    return v
show("counter", counts(150, 0, 1), counts(150, 0.5, 1), counts(150, 2**62 - 100, 1), counts(150, "", "x"), counts(150, 0, 0.25))
def outer_changes(n):
    k = 1
    def f(x): return x * k
    s = 0
    for i in range(n):
        if i == 60: k = 0.5
        if i == 80: k = 2**62
        if i == 100: k = "a"
        if i == 102: k = [i]
        if i == 104: k = True
        r = f(i)
        s += len(r) if hasattr(r, "__len__") else r
    return s
show("outer", outer_changes(150))
def deleted_cell(n):
    k, s = 1, 0
    def f(): return k
    try:
        for i in range(n):
            if i == 120: del k
            s += f()
    except NameError as e: return s, i, str(e)
show("deleted", deleted_cell(150))
def late_binding(n):
    fs = [lambda: i for i in range(3)]
    gs = []
    for i in range(n): gs.append(lambda: i)
    hs = [lambda i=i: i for i in range(3)]
    return [f() for f in fs], gs[0](), gs[-1](), [h() for h in hs]
show("late", late_binding(150))
def shared(n):
    x = 0
    def get(): return x
    def put(v):
        nonlocal x
        x = v
    s = 0
    for i in range(n):
        put(i if i < 100 else i / 2 if i < 120 else str(i))
        s += get() if type(x) is not str else len(get())
    return s, x
show("shared", shared(150))
def cell_contents(n):
    k = 1
    def f(): return k
    s = 0
    for i in range(n):
        if i == 100: f.__closure__[0].cell_contents = 0.5
        if i == 120: f.__closure__[0].cell_contents = 2**63
        s += f() + k
    return s
show("contents", cell_contents(150))
def empty_cell(n):
    def f(): return later
    c = 0
    for i in range(n):
        try: c += f()
        except NameError: c += 100
        if i == 100: later = 1
    return c
show("empty", empty_cell(150))
def recursive_inner(n):
    def fact(k): return 1 if k < 2 else k * fact(k - 1)
    s = sum(fact(i % 25) for i in range(n))
    g = fact
    fact = lambda k: 0.5
    return s, g(10)
show("recursive", recursive_inner(150))
def levels(n):
    a = 1
    def f():
        b = a * 2
        def g():
            nonlocal b
            b += a
            def h(): return a + b
            return h
        return g
    g, s = f(), 0
    for i in range(n):
        s += g()()
        if i == 100: a = 0.5
        if i == 130: a = -2**62
    return s
show("levels", levels(150))
def functions_replaced(n):
    def f(x): return x
    def use(x): return f(x) + 1
    s = 0
    for i in range(n):
        if i == 100: f = lambda x: x / 2
        if i == 120: f = abs
        if i == 130:
            class f(int): pass
        s += use(i)
    return s
show("functions", functions_replaced(150))
def decorated(n):
    def traced(f):
        calls = 0
        def wrapper(*a, **k):
            nonlocal calls
            calls += 1
            wrapper.calls = calls
            return f(*a, **k)
        return wrapper
    @traced
    def add(a, b=1): return a + b
    s = 0
    for i in range(n):
        s += add(i) + add(i, b=0.5) if i > 100 else add(i, 2)
    return s, add.calls
show("decorated", decorated(150))
def comprehension_cells(n):
    s = 0
    for i in range(n):
        k = i if i < 120 else i / 2
        s += sum([x * k for x in range(3)]) + len({x + k for x in (1, 2)}) + sum(x + k for x in [k])
        d = {x: (lambda: x + k) for x in range(2)}
        s += d[0]()
        k = 1000
        s += d[0]() if i == 100 else 0
    return s
show("comprehensions", comprehension_cells(150))
def exec_sees(n):
    k, s = 1, 0
    def f(): return k
    for i in range(n):
        s += eval("k + 1", {"k": k}) + f()
        if i == 100: k = 0.5
        if i == 120: exec("k = 1000"); s += k
    return s
show("exec", exec_sees(150))
def arguments_as_cells(a, *rest, b=1, **more):
    def f():
        nonlocal a, b
        a += 1
        b = b * 1.0 if len(rest) > 2 else b
        return a + b + sum(rest) + sum(more.values())
    s = 0
    for i in range(100):
        s += f()
        if i == 50: rest = (0.5,); more["z"] = 7
    return s, a, b
show("arguments", arguments_as_cells(1), arguments_as_cells(0.5, 1, 2, 3, b=2, c=4), arguments_as_cells(2**62, b=True))
def loop_variable_cell(n):
    def f(): return i * 2
    s = 0
    for i in range(n):
        s += f()
        if i == 100: i = 0.25; s += f()
    return s
show("loop variable", loop_variable_cell(150))
def exception_cell(n):
    def f(): return str(e)
    out = []
    for i in range(n):
        try:
            if i % 50 == 7: raise ValueError(i)
        except ValueError as e: out.append(f())
    try: f()
    except NameError as x: out.append(str(x))
    return out
show("exception", exception_cell(150))
def generator_cells(n):
    k = 1
    def g():
        nonlocal k
        while True:
            k += 1
            yield k
    it, s = g(), 0
    for i in range(n):
        s += next(it)
        if i == 100: k = 0.5
        if i == 120: k = -k
    return s
show("generator", generator_cells(150))
def class_cells(n):
    k = 1
    class C:
        v = k
        def get(self): return k + self.v
        def put(self, x):
            nonlocal k
            k = x
        def who(self): return __class__.__name__
    c, s = C(), 0
    for i in range(n):
        s += c.get() + len(c.who())
        if i == 100: c.put(0.5)
        if i == 120: C.v = 100
    return s, k
show("class", class_cells(150))
def default_cells(n):
    k = 5
    def f(x, y=k): return x + y + k
    s = 0
    for i in range(n):
        s += f(i)
        if i == 100: k = 2.5
        if i == 120: f.__defaults__ = (k,)
    return s
show("default", default_cells(150))
def code_with_cells(n):
    k, j = 1, 100
    def f(): return k
    def g(): return -j
    s = 0
    for i in range(n):
        s += f()
        if i == 100: f.__code__ = g.__code__
    return s
show("code", code_with_cells(150))
def partial_cells(n):
    from functools import partial, reduce
    k = 1
    f = partial(lambda a, b: a * b + k, 3)
    s = 0
    for i in range(n):
        s += f(i) + reduce(lambda x, y: x + y + k, [1, 2, 3])
        if i == 100: k = 0.5
        if i == 120: f = partial(f, 5); break
    return s, f()
show("partial", partial_cells(150))
def swapped_by_key(n):
    best = None
    def key(x):
        nonlocal best
        best = x if best is None or x > best else best
        return -x
    xs = sorted([(i * 37) % 101 / (1 if i < 100 else 2) for i in range(n)], key=key)
    return xs[0], best
show("key", swapped_by_key(150))
def many(n):
    fs = []
    for i in range(n):
        def f(x, i=i):
            def g(): return x + i
            return g
        fs.append(f(i if i % 2 else i / 2))
    return sum(f() for f in fs)
show("many", many(150))
total = 0
def add(x):
    global total
    total += x
for i in range(150):
    add(i if i < 100 else 0.5)
    if i == 120: add = lambda x: None
show("top", total)
