# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The frame of a generator that runs has who resumed it for its caller, in modules that do not ask for frames, too.
def names(f):
    n = []
    while f: n.append(f.f_code.co_name); f = f.f_back
    return n
X = None
def g():
    print("run", names(X.gi_frame))
    try: 1/0
    except ZeroDivisionError as e:
        print("handling", names(X.gi_frame))
        yield 1
        print("handling again", names(X.gi_frame))
        yield 2
    print("after", names(X.gi_frame))
    yield 3
def a(how):
    global X
    X = g()
    how(X)
    b(X, how)
    b(X, how)
    print("out", names(X.gi_frame))
def b(x, how): how(x)
a(next)
a(lambda x: x.send(None))
def lp(x):
    for i in x: return
a(lp)
import itertools
a(lambda x: list(itertools.islice(x, 1)))
def un(x):
    try: a, = x
    except ValueError: pass
a(lambda x: x.__next__())
a(lambda x: next(x, None))
async def co():
    try: 1/0
    except ZeroDivisionError: print("co", names(C.cr_frame))
C = co()
def run():
    try: C.send(None)
    except StopIteration: pass
run()
def outer():
    yield from inner()
def inner():
    global I
    try: 1/0
    except ZeroDivisionError: print(names(I.gi_frame), names(O.gi_frame)); yield 1; print(names(I.gi_frame))
I = inner()
def outer():
    yield from I
O = outer()
def drive():
    next(O); list(O)
drive()
def h():
    try: 1/0
    except ZeroDivisionError as e:
        t = e.__traceback__
        fr = getattr(t, "tb_" + "frame")
        print(names(fr))
        yield 1
        print(names(fr))
def d2():
    x = h(); next(x); next(x, 0)
d2()
