# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
"""functools.lru_cache: which results stay, what tells one call from another, and code that runs meanwhile."""
import functools
import gc
import weakref


def order(maxsize, calls, **options):
    log = []
    cached = functools.lru_cache(maxsize, **options)(lambda *a, **k: log.append((a, k)) or len(log))
    return [cached(*c) for c in calls], log, cached.cache_info()


# a hit makes a result the newest; the oldest goes
print(order(2, [(1,), (2,), (1,), (3,), (1,), (2,), (3,), (2,)]))
print(order(3, [(i % 4,) for i in range(10)]))
print(order(1, [(1,), (1,), (2,), (1,)]))
print(order(0, [(1,), (1,)]))
print(order(None, [(1, 2), (1, 2), (2, 1), ("a",), ("a", "b"), ((1, 2),), ()])[2])
print(order(None, [(), (), ("",), (b"",), (None,), (0,), (False,), (0.0,), (-1,), (-2,)])[2])

# what is equal is one call, but for classes where those count
for typed in (False, True):
    r, log, info = order(8, [(1,), (1.0,), (True,), (1, 1), (1.0, 1.0), (1, True), ("x",), ("x", "x")], typed=typed)
    print(typed, r, info)

# keywords: their order counts, and they are not what stands by position
f = functools.lru_cache(4)(lambda *a, **k: (a, tuple(k.items())))
print(f(1, x=2), f(x=2), f(1, 2), f(a=1, b=2), f(b=2, a=1), f.cache_info())
print(f(1, x=2), f(x=2), f.cache_info())
g = functools.lru_cache(typed=True)(lambda *a, **k: sorted(k))
print(g(1, k=1), g(1, k=1.0), g(1.0, k=1), g(1, k=1), g.cache_info())

# many words, classes and functions among them
h = functools.lru_cache(maxsize=100)(lambda *a: len(a))
for _ in range(3):
    print(h(*range(20)), h(int, str, len), h(str, int, len), h(int, (1, int)), h(object(), 1) == 2, end=" ")
print(h.cache_info())


# arguments that have to be asked
class Key:
    def __init__(self, n, hook=None):
        self.n, self.hook = n, hook

    def __hash__(self):
        print("hash", self.n, end="; ")
        return 7

    def __eq__(self, other):
        print("eq", self.n, other.n, end="; ")
        if self.hook:
            self.hook()
        return self.n == other.n


asked = functools.lru_cache(2)(lambda k, *more: k.n)
for n in (1, 2, 1, 3, 2):
    print(asked(Key(n)))
    print(asked(Key(n), 0))
print(asked.cache_info())

# errors keep nothing
fails = functools.lru_cache(2)(lambda x: 1 // x)
for x in (1, 0, 0, 2, [], 1):
    try:
        print(fails(x), end=" ")
    except (ZeroDivisionError, TypeError) as e:
        print(type(e).__name__, e, end=" ")
print(fails.cache_info())


# the function calls itself, and clears its cache
@functools.lru_cache(maxsize=3)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(60), fib.cache_info())


@functools.lru_cache(maxsize=2)
def clearing(n):
    if n % 3 == 0:
        clearing.cache_clear()
    if n:
        clearing(n - 1)
    return n


print([clearing(n) for n in (2, 3, 4, 3, 2, 7)], clearing.cache_info())
cleared = functools.lru_cache(2)(lambda k: k.n)
cleared(Key(1)), cleared(Key(2))
print(cleared(Key(2, lambda: cleared.cache_clear())), cleared.cache_info())


# who dies when
class Noted:
    def __init__(self, name, then=None):
        self.name, self.then = name, then

    def __del__(self):
        print("end of", self.name, end="; ")
        if self.then:
            self.then()


made = functools.lru_cache(2)(lambda k: Noted(f"result {k.name}"))
for name in "abc":
    made(Noted(name))
print("|")
made.cache_clear()
print(made.cache_info())
for name in "de":
    made(Noted(name))
del made
gc.collect()
print("| gone")

# what dies may call the function
again = functools.lru_cache(2)(lambda k: Noted(k, lambda: print(again.cache_info() and "called", end="; ")) if k < 5 else again(k - 5) and k)
for k in (1, 2, 3, 7, 8, 4):
    again(k)
print(again.cache_info())
again.cache_clear()
print()


# in a cycle with its result
def cycle():
    class Holder:
        pass

    @functools.lru_cache(4)
    def held(x):
        o = Holder()
        o.function = held
        return o

    held(1), held(2)
    return weakref.ref(held), weakref.ref(held(1))


gc.collect()
one, two = cycle()
gc.collect()
print(one(), two())

# many of each
big = functools.lru_cache(maxsize=1000)(lambda a, b: a * b)
total = 0
for i in range(6000):
    total += big(i % 1500, 3) + big((i * 7919) % 900, 2)
print(total, big.cache_info())
