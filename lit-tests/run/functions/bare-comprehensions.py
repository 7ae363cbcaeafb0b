# RUN: krait run -O0 %s 2>&1 | diff %s.out -
# RUN: krait run -O2 %s 2>&1 | diff %s.out -
# RUN: krait-interp %s 2>&1 | diff %s.out -
# A comprehension that captures nothing is called without a function object: what can be seen of one stays.
import gc
import sys
import traceback
import warnings

LIMIT = 3


def show(e):
    for entry in traceback.extract_tb(e.__traceback__):
        print(entry.name, entry.lineno - show.__code__.co_firstlineno, entry.line)


def fails(values):
    return [1 // v for v in values]


for container in ([1, 0], {2: 1, 0: 1}, iter((5, 0))):
    try:
        fails(container)
    except ZeroDivisionError as e:
        show(e)
        inner = e.__traceback__.tb_next.tb_next
        print(inner.tb_frame.f_locals.get("v"), inner.tb_frame.f_code.co_name, inner.tb_frame.f_globals is globals())


def shapes(values):
    return [v for v in values], {v for v in values}, {v: -v for v in values}, [w for v in values for w in range(v)]


print(shapes((1, 2, 3)))
print([[x for x in range(LIMIT)] for _ in range(2)])
print([LIMIT * x for x in range(LIMIT) if x != LIMIT - 2])
print([(lambda: x)() for x in range(3)])
print([f() for f in [lambda: x for x in range(3)]])


class Body:
    items = [i * 2 for i in range(4)]
    total = sum([i for i in items])
    names = {name for name in ("a", "b")} == {"a", "b"}


print(Body.items, Body.total, Body.names)


def warned(n):
    return [warnings.warn(f"w{i}", UserWarning) for i in range(n)]


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    warned(2)
print([(str(w.message), w.lineno - warned.__code__.co_firstlineno) for w in caught])


def depth(n):
    return [depth(n - 1) for _ in range(1)] if n else []


def levels():
    low, high = 1, 2000
    while low + 1 < high:
        middle = (low + high) // 2
        try:
            depth(middle)
            low = middle
        except RecursionError:
            high = middle
    return low


sys.setrecursionlimit(300)
print(levels() in range(140, 150))
sys.setrecursionlimit(1000)


def generator(values):
    yield [v for v in values]
    yield [v + 1 for v in (yield)]


g = generator([1, 2])
print(next(g), next(g), g.send([7, 8]))


class Dies:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)

    def __iter__(self):
        yield 1
        raise KeyError(self.name)


def dies():
    try:
        return [x for x in Dies("iterable")]
    except KeyError as e:
        print("caught", e)


dies()
for bad in (None, 5):
    try:
        print([x for x in bad])
    except TypeError as e:
        print(e)


def scope():
    x = "outer"
    inner = [x for x in range(2)]
    return x, inner, [y for y in inner], locals().keys()


print(scope())


def swap_code():
    def other(values):
        return ["other" for _ in values]
    fails.__code__ = other.__code__
    return fails([0])


print(swap_code())

# The functions that die wait for the next of their code, one for each place; these are more than there are places.
source = "\n".join(f"def make{i}(n):\n    def f():\n        return n + {i}\n    return f" for i in range(40))
exec(source)
print(sum(globals()[f"make{i}"](j)() for j in range(3) for i in range(40)))


def outer(n):
    out = []
    for i in range(n):
        def f(a=i):
            return a + i
        out.append(f())
        out.append((lambda b: b * i)(2))
        out.extend([k + i for k in range(2)])
    return out


print(outer(3))
gc.collect()
