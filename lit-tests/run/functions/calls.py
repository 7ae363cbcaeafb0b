# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# All kinds of parameters and arguments.
def f(a, b=2, *args, c, d=4, **kw):
    return a, b, args, c, d, kw
print(f(1, c=3), f(1, 2, 3, 4, c=5, e=6), f(*[1, 2], **{"c": 3, "z": 9}))
def g(a, /, b, *, c):
    return a + b + c
print(g(1, 2, c=3), g(1, b=2, c=3))
for call in (lambda: g(1, 2, 3), lambda: g(1, 2), lambda: g(a=1, b=2, c=3), lambda: f(), lambda: f(1, c=1, a=2), lambda: (lambda: 0)(1)):
    try:
        call()
    except TypeError as e:
        print(e)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(20))
def counter():
    n = 0
    def step(by=1):
        nonlocal n
        n += by
        return n
    return step
c = counter(); print(c(), c(5), c())
def deco(prefix):
    def wrap(fn):
        def inner(*a, **k):
            print(prefix, fn.__name__, a, k)
            return fn(*a, **k)
        return inner
    return wrap
@deco("call")
def add(x, y=1):
    """Adds."""
    return x + y
print(add(1), add(1, y=5))
print([fn(3) for fn in [lambda x, k=k: x * k for k in range(3)]])
print(fib.__name__, fib.__qualname__, fib.__code__.co_varnames, fib.__code__.co_argcount, g.__doc__)
def default(x=[]):
    x.append(1)
    return x
print(default(), default())
def many(a, b, c, d, e, f, g, h): return (a, b, c, d, e, f, g, h)
print(many(1, 2, 3, 4, 5, 6, 7, 8), many(*range(8)))
global_name = 1
def setter():
    global global_name
    global_name += 1
setter(); print(global_name)
