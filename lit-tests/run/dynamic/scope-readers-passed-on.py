# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Builtins that look at their caller's variables, under other names: passed on, in containers, out of the module builtins.
import builtins
def e1(f, n):
    x = 5
    y = [n, x]
    return f("x + n + len(y)")
def e2(f):
    a = 1
    b = a + 1
    return sorted(f())
class C:
    q = 1
    fs = [locals, vars]
    for z in fs: r = sorted(k for k in z() if not k.startswith("_"))
    print(r)
try: print(e1(eval, 2))
except Exception as e: print(e)
for f in [locals, dir, vars]: print(e2(f))
def e3():
    k = 3
    print(builtins.locals(), builtins.eval("k"), builtins.dir(), builtins.vars())
    getattr(builtins, "exec")("print(k)")
e3()
def e4(run=exec):
    v = 1
    run("print(v); v = 2")
    print(v)
e4()
def e5():
    w = 1
    return [*map(eval, ["w"])]
print(e5())
def e6():
    w = 2
    return eval.__call__("w")
print(e6())
def e7():
    w = 2
    d = {"l": locals}
    return d["l"]()
try: print(e7().get("w"))
except Exception as e: print(e)
def e1(f, n):
    x = 5
    t = 0
    for i in range(n):
        t += i * x
        if i == 50: print(f("(x, n, t, i)"))
    return t
print(e1(eval, 100))
def e2(f, n):
    x = 5.5
    t = 0.0
    for i in range(n):
        t += i * x
    z = f("(x, n, t, i)")
    return t
print(e2(eval, 100))
class C:
    def m(self, f):
        a = 1
        return self.k(f, a + 1)
    def k(self, f, b):
        return f("self, b")
print(len(C().m(eval)))
def g(f):
    a = [1]
    yield f("a")
    b = 2
    yield f("b")
print(list(g(eval)))
