# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Signal handlers and threads that change what a running loop relies on. Loops wait for the change, then say what they saw.
# The clock is the process's own, so that the loop surely runs when the signal comes.
import signal, sys, threading
def show(*a): print(*a)
class Box:
    limit = 1
    def __init__(self): self.v, self.stop = 0, False
    def get(self): return 1
def step(x): return 1
flag = False
scale = 1
def alarm(handler, loop, *a):
    old = signal.signal(signal.SIGVTALRM, handler)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0.01)
    try: return loop(*a)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, old)
def set_flag(*a):
    global flag
    flag = True
def wait_global():
    global flag
    flag, n = False, 0
    while not flag: n += 1
    return n > 0
show("global", alarm(set_flag, wait_global))
def set_scale(*a):
    global scale
    scale = 0.5
def wait_kind():
    global scale
    scale, s = 1, 0
    while True:
        s += scale
        if s != int(s): return type(s).__name__, scale
show("kind", alarm(set_scale, wait_kind))
def wait_attribute():
    b = Box()
    def handler(*a): b.stop = True; b.v = "changed"
    def loop():
        while not b.stop: b.v += 1
        return b.v
    return alarm(handler, loop)
try: show("attribute", wait_attribute())
except TypeError as e: show("attribute", "changed")
def wait_method():
    b = Box()
    def handler(*a): Box.get = lambda self: 0
    def loop():
        n = 0
        while b.get(): n += 1
        return n > 0
    kept = Box.get
    try: return alarm(handler, loop)
    finally: Box.get = kept
show("method", wait_method())
def wait_instance_method():
    b = Box()
    def handler(*a): b.get = lambda: 0
    def loop():
        while b.get(): pass
        return "own"
    return alarm(handler, loop)
show("own method", wait_instance_method())
def wait_function():
    def handler(*a):
        global step
        step = lambda x: 0
    def loop():
        global step
        kept = step
        while step(1): pass
        step = kept
        return "other function"
    return alarm(handler, loop)
show("function", wait_function())
def wait_code():
    def handler(*a): step.__code__ = (lambda x: 0).__code__
    def loop():
        kept = step.__code__
        while step(1): pass
        step.__code__ = kept
        return "other code"
    return alarm(handler, loop)
show("code", wait_code())
def wait_builtin():
    def handler(*a): globals()["len"] = lambda x: 0
    def loop():
        xs = [1]
        while len(xs): pass
        del globals()["len"]
        return len(xs)
    return alarm(handler, loop)
show("builtin", wait_builtin())
def wait_class_attribute():
    def handler(*a): Box.limit = 0
    def loop():
        b = Box()
        while b.limit: pass
        Box.limit = 1
        return "class attribute"
    return alarm(handler, loop)
show(wait_class_attribute())
def wait_class():
    b = Box()
    class Other(Box):
        def get(self): return 0
    def handler(*a): b.__class__ = Other
    def loop():
        while b.get(): pass
        return type(b).__name__
    return alarm(handler, loop)
show(wait_class())
def wait_list():
    xs = [1] * 10
    def handler(*a): xs[5] = 0.5
    def loop():
        while True:
            s = 0
            for x in xs: s += x
            if s != 10: return s
    return alarm(handler, loop)
show("list", wait_list())
def wait_length():
    xs = [1] * 10
    def handler(*a): xs.clear()
    def loop():
        i = n = 0
        try:
            while True:
                n += xs[i]
                i = (i + 1) % 10
        except IndexError as e: return str(e)
    return alarm(handler, loop)
show("length", wait_length())
def wait_cell():
    k = 1
    def handler(*a):
        nonlocal k
        k = "cell"
    def loop():
        while k == 1: pass
        return k
    return alarm(handler, loop)
show(wait_cell())
def wait_local():
    done = 0
    def handler(s, frame): seen.append((frame.f_code.co_name, sorted(frame.f_locals)))
    seen = []
    def loop():
        total, k = 0, 0.5
        while not seen: total += k
        return seen
    return alarm(handler, loop)
show(wait_local())
def wait_dict():
    d = {"run": 1}
    def handler(*a): del d["run"]
    def loop():
        while "run" in d: pass
        return d.get("run", "gone")
    return alarm(handler, loop)
show(wait_dict())
class Stop(Exception): pass
def stopping(*a): raise Stop("now")
def interrupted_sum():
    s = i = 0
    while True: i += 1; s += i
def stopped(loop):
    try: alarm(stopping, loop)
    except Stop as e:
        tb = e.__traceback__
        names = []
        while tb: names.append(tb.tb_frame.f_code.co_name); tb = tb.tb_next
        return str(e), names[1:]
show(stopped(interrupted_sum))
def for_range():
    for i in range(10**12): pass
def for_float():
    x = 0.0
    for i in range(10**12): x = x * 0.5 + 1
def for_calls():
    for i in range(10**12): step(i)
def for_methods():
    b = Box()
    for i in range(10**12): b.get()
def for_generator():
    for i in (j for j in iter(int, 1)): pass
def comprehension(): return [0 for i in iter(int, 1) if i]
def sums(): return sum(i for i in iter(int, 1))
def recursion():
    def f(n): return 0 if n == 0 else f(n - 1) + f(n - 1)
    f(200)
def nested_loops():
    for i in range(10**9):
        for j in range(10**9): pass
def empty():
    while True: pass
def with_finally():
    try:
        x = 1
        while True: x += 1
    finally: show("finally")
for loop in (for_range, for_float, for_calls, for_methods, for_generator, comprehension, sums, recursion, nested_loops, empty, with_finally):
    show(loop.__name__, stopped(loop)[1][1])
def finally_sees():
    s, k = 0, 0.5
    try:
        s = 1
        while True: s += k
    except Stop: return s == int(s * 2) / 2, k
show("locals", alarm(stopping, finally_sees))
# Threads
def beside(change, loop):
    done = threading.Event()
    def run():
        while not done.wait(0.005): change()
    t = threading.Thread(target=run)
    t.start()
    try: return loop()
    finally:
        done.set()
        t.join()
show("thread: global", beside(set_flag, wait_global))
show("thread: kind", beside(set_scale, wait_kind))
def thread_method():
    kept = Box.get
    b = Box()
    def change(): Box.get = lambda self: 0
    def loop():
        while b.get(): pass
        return "method"
    try: return beside(change, loop)
    finally: Box.get = kept
show("thread:", thread_method())
def thread_attribute():
    b = Box()
    b.v = 1
    def change(): b.v = 0.5
    def loop():
        while True:
            x = b.v
            if x != 1: return x
    return beside(change, loop)
show("thread:", thread_attribute())
def thread_list():
    xs = [1]
    def change(): xs[:] = [1, 2]
    def loop():
        while len(xs) == 1: pass
        return xs
    return beside(change, loop)
show("thread:", thread_list())
def thread_deletes():
    global gone
    gone = 1
    def change():
        globals().pop("gone", None)
    def loop():
        try:
            while gone: pass
        except NameError as e: return str(e)
    return beside(change, loop)
show("thread:", thread_deletes())
def four_counters():
    old = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    b, lock, xs, d = Box(), threading.Lock(), [], {}
    def run(k):
        for i in range(2000):
            with lock: b.v += 1
            xs.append(k)
            d[k] = d.get(k, 0) + 1
    ts = [threading.Thread(target=run, args=(k,)) for k in range(4)]
    for t in ts: t.start()
    for t in ts: t.join()
    sys.setswitchinterval(old)
    return b.v, len(xs), sorted(d.items())
show("four", four_counters())
def thread_generator():
    def g():
        for i in range(3000): yield i
    it, got, errors = g(), [], []
    lock = threading.Lock()
    def run():
        while True:
            with lock: v = next(it, None)
            if v is None: return
            got.append(v)
    ts = [threading.Thread(target=run) for _ in range(3)]
    for t in ts: t.start()
    for t in ts: t.join()
    return sum(got), len(got)
show("generator", thread_generator())
