# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a function's locals() or eval() looked at dies with its frame.
import gc


class Noted:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("died:", self.name)


def by_locals():
    a = Noted("locals")
    locals()
    print("leaving")


def by_globals():
    a = Noted("globals")
    globals()
    print("leaving")


def by_vars():
    a = Noted("vars")
    vars()


def by_dir():
    a = Noted("dir")
    dir()


def by_eval():
    a = Noted("eval")
    eval("a")


def by_exec():
    a = Noted("exec")
    exec("a")


def by_format():
    x = Noted("format")
    return "%(x).0s" % locals()


def early(n):
    a = Noted(f"early {n}")
    for i in range(3):
        if i == n:
            return
        locals()


def two(a, *rest, **named):
    b = locals()
    c = locals()
    return len(b), b is c


def fails():
    a = Noted("fails")
    locals()
    raise ValueError


def generator():
    a = Noted("generator")
    locals()
    yield 1
    locals()
    yield 2


def outer():
    a = Noted("cell")

    def inner():
        return a.name, len(locals())
    return inner()


def kept():
    a = Noted("kept")
    return locals()


def handled():
    try:
        a = Noted("handled")
        locals()
        1 / 0
    except ZeroDivisionError:
        return eval("a.name")
    finally:
        vars()


def in_lambda():
    return (lambda a: locals())(Noted("lambda"))


for f in by_locals, by_globals, by_vars, by_dir, by_eval, by_exec, by_format, outer:
    print(f.__name__, f() == "")
for n in range(4):
    early(n)
print(two(Noted("first"), Noted("rest"), x=Noted("named")))
try:
    fails()
except ValueError:
    print("caught")
g = generator()
print(next(g))
del g
print(list(generator()))
d = kept()
print(sorted(d))
d.clear()
print(handled())
print(len(in_lambda()))
print(gc.collect() >= 0)
