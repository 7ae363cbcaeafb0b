# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What dies, and in which order, when a suspended generator is closed or dropped; with and without handlers around.
import gc
import sys


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, sys.exc_info()[0])

    def __iter__(self):
        return NoisyIterator(self.name + ".iter")


class NoisyIterator(Noisy):
    def __next__(self):
        return Noisy(self.name + ".item")

    def __iter__(self):
        return self


def plain():
    b = Noisy("b")
    a = Noisy("a")
    for x in Noisy("outer"):
        for y in Noisy("inner"):
            yield 1, Noisy("temporary"), (yield 2)


def handled():
    a = Noisy("a")
    try:
        yield 1
    except GeneratorExit:
        print("exit")
        raise
    finally:
        print("finally")
    yield 2


def ignoring():
    while True:
        try:
            yield 1
        except GeneratorExit:
            print("ignored")


def manager():
    with Manager():
        yield 1


class Manager:
    def __enter__(self):
        print("enter")

    def __exit__(self, kind, *rest):
        print("leave", kind)


def delegating():
    yield from handled()


def in_handler():
    try:
        raise ValueError("handled")
    except ValueError:
        yield sys.exc_info()[0]


for make in plain, handled, manager, delegating, in_handler:
    for steps in 0, 1:
        print("==", make.__name__, steps)
        g = make()
        for _ in range(steps):
            print(next(g))
        print(g.close())
        print(list(g), g.gi_frame, g.close())
        print("-- dropped")
        g = make()
        for _ in range(steps):
            print(next(g))
        del g

g = ignoring()
next(g)
try:
    g.close()
except RuntimeError as e:
    print(e)

print("== frame")
g = plain()
next(g)
frame = g.gi_frame
print(sorted(frame.f_locals))
g.close()
print(g.gi_frame)
del frame

print("== cycle")
def looped(box):
    n = Noisy("in a cycle")
    yield n
box = []
box.append(looped(box))
next(box[0])
del box
gc.collect()

print("== partly used")
print(any(x.name for x in Noisy("any")))
print(all(not x.name for x in Noisy("all")))
print(next(x.name for x in Noisy("next")))
first, *_ = zip((x.name for x in Noisy("zip")), "a")
print(first)

# Functions that are made again and again begin as new.
def make(n):
    def f(a=n):
        "doc"
        return a
    return f


for change in (
    lambda f: setattr(f, "__name__", "other"),
    lambda f: setattr(f, "__doc__", "other"),
    lambda f: setattr(f, "extra", 1),
    lambda f: setattr(f, "__defaults__", (99,)),
    lambda f: setattr(f, "__code__", (lambda a: -a).__code__),
    lambda f: setattr(f, "__module__", "elsewhere"),
    lambda f: setattr(f, "__annotations__", {"a": int}),
    lambda f: setattr(f, "__kwdefaults__", {"a": 5}),
    lambda f: setattr(f, "__qualname__", "q"),
    lambda f: f.__code__,
):
    f = make(1)
    change(f)
    f(7)
    del f
    g = make(Noisy("default"))
    print(g.__name__, g.__qualname__, g.__doc__, g.__dict__, g().name, g.__module__, g.__annotations__, g.__kwdefaults__)
    del g


# types.coroutine lets a generator wait for coroutines; clearing a coroutine's frame ends it, with the warning.
import types, warnings, sys
async def spam(): return 'spam'
@types.coroutine
def bar(): return (yield from spam())
try: bar().send(None)
except StopIteration as e: print(e.value)
warnings.simplefilter("always")
with warnings.catch_warnings(record=True) as seen:
    waiting = spam()
    waiting.cr_frame.clear()
    waiting.close()
    print([str(w.message) for w in seen])
    hook, warnings._warn_unawaited_coroutine = warnings._warn_unawaited_coroutine, lambda c: 1 / 0
    sys.unraisablehook = lambda u: print("unraisable", u.exc_type.__name__)
    spam()
    warnings._warn_unawaited_coroutine = hook
    print([str(w.message) for w in seen])
import ast
for text in "async for i in x: pass\n", "async with x: pass\n", "await x", "x":
    print(compile(text, "", "single", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT).co_flags & 128)
def clearable():
    try:
        yield sys.version_info[0]
    finally:
        print("cleared")
waiting = clearable()
next(waiting)
waiting.gi_frame.clear()
print(waiting.gi_frame)
