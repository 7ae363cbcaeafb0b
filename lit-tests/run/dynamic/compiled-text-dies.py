# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What compile(), exec() and eval() made is freed with the last that needs it: code, functions, generators, frames, tracebacks.
import gc
import resource
import sys
import traceback
import types
import weakref


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def made(text, name):
    space = {}
    exec(compile(text, "<made>", "exec"), space)
    return space[name]


# Code objects die at once; what is left of their text goes on.
code = compile("def f(a):\n    return [lambda: a + i for i in range(3)]\n", "<text>", "exec")
seen, space = weakref.ref(code), {}
exec(code, space)
del code
print(seen(), [g() for g in space["f"](5)], space["f"].__code__.co_firstlineno, space["f"].__code__ is space["f"].__code__)
kept = space["f"](7)
inner = weakref.ref(space["f"].__code__)
space.clear()
gc.collect()
print(inner(), [g() for g in kept], [g.__code__.co_freevars for g in kept][0], kept[0].__qualname__)

# Each of these is all that holds on to its text.
g = made("def g():\n    for i in range(3):\n        yield i, 'text', 2.5\n", "g")()
print(next(g), g.gi_code.co_name, list(g), g.gi_code.co_varnames)
C = made("class C:\n    x = 'attribute'\n    def m(self):\n        return self.x, __class__\n", "C")
print(C().m()[0], C.m.__code__.co_names, C.__qualname__)
nested = compile("def outer():\n    def inner(b=3):\n        return b * 2\n    return inner\n", "<n>", "exec")
for _ in range(2):
    nested = next(c for c in nested.co_consts if isinstance(c, types.CodeType))
print(types.FunctionType(nested, {})(4), nested.co_name)


def changed(v):
    return v


changed.__code__ = made("def other(v):\n    return v, 'other'\n", "other").__code__.replace(co_name="renamed")
gc.collect()
print(changed(1), changed.__code__.co_name, changed.__code__.co_consts)
try:
    made("def fails(n):\n    return fails(n - 1) if n else 1 / n\n", "fails")(3)
except ZeroDivisionError as e:
    error = e
print([(f.name, f.lineno) for f in traceback.extract_tb(error.__traceback__)])
frame = error.__traceback__.tb_next.tb_frame
del error
gc.collect()
print(frame.f_code.co_name, frame.f_locals["n"], frame.f_lineno)


def again(n):
    try:
        eval("1 /" + " n", {}, {"n": n})
    except ZeroDivisionError as e:
        return e.__traceback__.tb_next.tb_frame.f_code


print(again(0).co_name, eval("lambda: __name__", {"__name__": "given"})())


class Watch:
    def __del__(self):
        print("gone")


# The last reference to a function goes while it runs.
space = {"Watch": Watch}
exec("def once():\n    watch = Watch()\n    global once\n    del once\n    return [x for x in 'abc'], 'still here'\n", space)
print(space.pop("once")() if "once" not in space else eval("once()", space))

# Many of them take no more memory than one.
for _ in range(2000):
    eval("[i * 2 for i in (1, 2)]")
before = peak()
for i in range(20000):
    eval("[i * 2 for i in (1, 2)]")
    exec("def f(a, b=1):\n    return a + b\nv = f(2)")
print(peak() - before < 16000)
# UNSUPPORTED: sanitized
