# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a trace function writes into f_locals is in the variables afterwards.
import sys
def f(p, q=2):
    x = 1
    y = 2
    def g(): return y
    z = [x, y, q, g()]
    try: z.append(w)
    except NameError as e: print(e)
    w = 5
    x += 1
    return z, x, p, w
acts = {}
def tr(frame, event, arg):
    if frame.f_code.co_name in ("f", "gen", "inner"):
        k = (frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno)
        if k in acts: acts.pop(k)(frame.f_locals)
        return tr
def up(**k): return lambda d: d.update(k)
def rm(n): return lambda d: d.pop(n)
def go(a, fn=f, *args):
    acts.clear(); acts.update(a)
    sys.settrace(tr)
    try: r = fn(*(args or (7,)))
    except Exception as e: r = repr(e)
    finally: sys.settrace(None)
    print(r, sorted(acts))
go({("f","line",2): up(x=50)})
go({("f","line",3): up(y=60, q=9, new=1)})
go({("f","line",4): up(y=70, p="P")})
go({("f","line",6): up(w="early")})
go({("f","line",8): rm("x")})
go({("f","line",9): rm("x")})
go({("f","line",5): rm("y")})
go({("f","call",0): up(p="c")})
go({("f","return",10): up(p="r", z=1)})
go({("f","exception",6): up(p="ex")})
go({("f","line",1): up(q="q1")})
def gen(n):
    for i in range(n):
        a = yield i
        if a: yield a
def use(n): return list(gen(n))
go({("gen","line",2): up(i=40)}, use, 3)
go({("gen","call",2): up(a=40)}, use, 3)
go({("gen","return",2): up(n=40, a=3)}, use, 3)
def outer(n):
    k = n
    def inner():
        nonlocal k
        r = k
        k += 1
        return r, k
    return inner(), k
go({("inner","line",2): up(k=100)}, outer, 3)
go({("inner","line",3): up(k=100, r=2)}, outer, 3)
held = []
def hold(d): held.append(d)
def later(d): held[0]["x"] = 77
go({("f","line",2): hold, ("f","line",9): later})
class D:
    def __del__(self): print("D dies")
def dd(n):
    d = D()
    e = 1
    return e
acts.clear()
def tr2(frame, event, arg):
    if frame.f_code.co_name == "dd" and event == "line" and "e" in frame.f_locals: frame.f_locals["d"] = 0
    return tr2
sys.settrace(tr2); dd(1); sys.settrace(None)
def comp(n):
    return [n + i for i in range(2)]
def tr3(frame, event, arg):
    if frame.f_code.co_name == "<listcomp>": frame.f_locals["n"] = 100
    return tr3
sys.settrace(tr3); print(comp(1)); sys.settrace(None)
class K:
    def tr4(self, frame, event, arg):
        if frame.f_code.co_name == "body": frame.f_locals["v"] = frame.f_locals.get("v", 0) + 1
        return self.tr4
def cls(n):
    class body:
        v = 1
        u = v
    return body.v, body.u
sys.settrace(K().tr4); print(cls(1)); sys.settrace(None)
