# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Comprehensions that get what they capture as arguments (ir/passes/lift_captures.cpp), and everything that could tell.
import builtins
import sys
import traceback
import types
import weakref


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)

    def __mul__(self, other):
        return f"{self.name}*{other}"


def deaths():
    a = Noisy("a")
    b = Noisy("b")
    c = Noisy("c")
    r = [b * x for x in range(2)]
    print(r)
    b = Noisy("b2")
    print([[b * x for x in range(y)] for y in range(2)])
    return 1


deaths()


def deaths_on_error(n):
    b = Noisy("e1")
    c = Noisy("e2")
    return [b * (x // n) for x in range(2)]


try:
    deaths_on_error(0)
except ZeroDivisionError as e:
    print("caught", [f.name for f in traceback.extract_tb(e.__traceback__)])
    print([f.line for f in traceback.extract_tb(e.__traceback__)])
print("after")


def unbound(flag, xs):
    if flag:
        k = 1
    return [x + k for x in xs]


print(unbound(False, []), unbound(True, [1]))
try:
    unbound(False, [1])
except NameError as e:
    print(type(e).__name__, e)


def unbound_generator(xs):
    g = sum(x + k for x in xs)
    k = 1
    return g


print(unbound_generator([]))
try:
    unbound_generator([1])
except NameError as e:
    print(type(e).__name__, e)


def names(xs, p):
    v = p + 1
    w = 0
    a = [x + v for x in xs]
    b = {x: w for x in xs}
    c = sum(x + p for x in xs)
    return a, b, c


print(names([1, 2], 3))
code = names.__code__
print(code.co_varnames, code.co_cellvars, code.co_nlocals, code.co_freevars)
inner = [c for c in code.co_consts if isinstance(c, types.CodeType)]
print([(c.co_name, c.co_varnames, c.co_freevars, c.co_argcount) for c in inner])
made = types.FunctionType(inner[0], globals(), "made", None, (types.CellType(10),))
print(made(iter([1, 2])))
print(code.replace(co_name="other").co_varnames, hash(code) == hash(code.replace()), code == code.replace())

kept = []


def keep(g):
    kept.append(g)
    return 0


def later(xs):
    for k in xs:
        sum(x * k for x in xs)
    return k


def once(xs, k):
    return sum(x * k for x in xs)


old, builtins.sum = builtins.sum, keep
print(later([1, 2, 3]), once([1, 2], 5))
builtins.sum = old
print([list(g) for g in kept])


def generator(xs, scale):
    for x in xs:
        got = yield [x * y * scale for y in xs]
        if got:
            scale = got


g = generator([1, 2, 3], 2)
print(next(g), g.send(10), next(g))


def lambdas(xs, k):
    fs = [lambda: x * k for x in xs]
    gs = [(lambda y: lambda: y * 2)(x) for x in xs]
    k = 7
    return [f() for f in fs], [f() for f in gs]


print(lambdas([1, 2], 3))


class Base:
    scale = 2

    def both(self, xs):
        return [x * self.scale for x in xs], {x for x in xs if x in xs and self}, sum(self.scale * x for x in xs)

    def named(self, xs):
        return [__class__.__name__ for x in xs]


class Derived(Base):
    scale = 3

    def both(self, xs):
        s = super()
        return s.both(xs), [s.both([x])[0] for x in xs]


print(len(Derived().both([1, 2])), Derived().both([1, 2])[1], Derived().named([1]))


def deep(n):
    return [deep(n - 1) for _ in range(1)] if n else "bottom"


print(str(deep(100)).count("["))


def depth(n, k):
    try:
        return [depth(n + k, k) for _ in range(1)][0]
    except RecursionError:
        return n


sys.setrecursionlimit(400)
print(depth(0, 1))
sys.setrecursionlimit(1000)


def mutual(xs, limit):
    total = 0
    for i in range(limit):
        total += len([x for x in xs if x > i and x < limit])
        xs = [x + i for x in xs]
    return total, xs


print(mutual([1, 5, 9], 4))


def references():
    o = Noisy("held")
    r = weakref.ref(o)
    a = [o.name for _ in range(2)]
    del_later = [o for _ in range(2)]
    o = None
    print(r() is not None)
    del_later.clear()
    print(r(), a)


references()


def conditional(xs, low, high):
    return [y for x in xs if x > low for y in range(x) if y < high if y != low]


print(conditional([1, 4, 6], 2, 5))


def numbers(xs, k):
    s = 0.5
    for i in range(3):
        ys = [x * k + s for x in xs]
        s += ys[0]
        k += 1
    return ys, s, k


print(numbers([1.5, 2], 2), numbers([10**20, 2], 2))


def shadowing(x, xs):
    return [x for x in xs], [(x, y) for y in xs], x


print(shadowing(9, [1, 2]))


def stop(xs, error):
    def fail():
        raise error
    return list(fail() if x > 1 else x for x in xs)


for error in (StopIteration(3), ValueError("v")):
    try:
        stop([1, 2], error)
    except Exception as e:
        print(type(e).__name__, e, [f.name for f in traceback.extract_tb(e.__traceback__)])


def star(*args, **kw):
    return [(a, sorted(kw)) for a in args if a in kw.values() or args]


print(star(1, 2, z=1))


def asks(xs, k):
    t = 5
    r = [x * k + t for x in xs]
    s = sum(x * t for x in xs)
    return sorted(locals().items(), key=str), eval("k + t", globals(), locals()), sorted(vars()), dir(), [sorted(locals()) for x in xs if k]


print(asks([1, 2], 3))


class Asks:
    def m(self, xs):
        exec("made = [x for x in xs]")
        r = [x for x in xs if x and self]
        return sorted(n for n in dir() if n in xs or self), r


print(Asks().m([1]))
