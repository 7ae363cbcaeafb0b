# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Numbers in generators: raw floats over suspensions, overflow, changes of kind, what is sent and thrown, what dies when.
import gc
def fibs(n):
    a, b = 0, 1
    for _ in range(n):
        yield a
        a, b = b, a + b
def floats(a, b, s):
    x = a
    while x < b:
        yield x
        x += s
def switching(n):
    x = 1
    for i in range(n):
        yield x
        if i == 2: x = x * 0.5
        elif i == 4: x = 10 ** 30
        elif i == 5: x = "text"
        elif i == 6: x = 7
        else: x = x * 2
def sending():
    total, n, average = 0.0, 0, None
    while True:
        got = yield average
        total += got
        n += 1
        average = total / n
def across(n):
    s = 0
    for i in range(n):
        s += i * (yield s) + i
    return s
def catching(n):
    k = 0
    x = 1.5
    while k < n:
        try:
            yield k, x
            k += 1
            x *= 2.0
        except ValueError as e:
            k += 10
            x = x - 0.25
            yield 'caught', str(e), k, x
        finally:
            k += 0
def nested(n):
    for i in range(n):
        for j in range(i, n, 2):
            for k in range(3, 0, -1):
                yield i * 100 + j * 10 + k
def delegating(n):
    c = 0.5
    for i in range(n):
        c = c + i
        r = yield from fibs(i)
        yield c, r
def complexes(z, n):
    c = z
    for i in range(n):
        yield z
        z = z * z + c
def big(n):
    x = 2 ** 61
    for i in range(n):
        yield x
        x += 2 ** 60
def divides(n):
    for i in range(n):
        yield 10 // (3 - i), 1.0 / (3 - i) if i < 3 else 0.0
        yield 7 % (i - 2)
def unbound(n):
    for i in range(n):
        if i > 2:
            yield v + 1
            v = 2
        else:
            yield i * 2
print(list(fibs(100))[-3:], sum(fibs(50)))
print([round(x, 3) for x in floats(0.0, 1.0, 0.25)], list(floats(0, 1, 0.5)), list(floats(0, 3, 1)))
print(list(switching(9)))
s = sending(); next(s)
print([s.send(x) for x in (1, 2.5, 3, 10**400 if False else 7)])
try: s.send("x")
except TypeError as e: print(e)
g = across(4)
print(next(g))
try:
    while True: print(g.send(3))
except StopIteration as e: print('returned', e.value)
g = catching(3)
print(next(g), next(g), g.throw(ValueError("boo")))
print(list(g))
g = catching(3); next(g)
try: g.throw(KeyError("k"))
except KeyError as e: print('out', e)
print(len(list(nested(6))), sum(nested(6)), list(nested(2)))
print(list(delegating(4)))
print(list(complexes(0.1+0.2j, 4)))
print(list(big(8)))
try:
    for x in divides(5): print(x)
except ZeroDivisionError as e: print(e, e.__traceback__.tb_next.tb_lineno)
try:
    for x in unbound(5): print(x)
except UnboundLocalError as e: print(e)
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
def holding(n):
    d = D('first')
    x = 0.5
    for i in range(n):
        e = D(i)
        yield x + i
        x = x * 2
g = holding(3); print(next(g), next(g)); del g
g = holding(2)
for v in g: print(v)
g = holding(3); next(g); g.close(); print('closed')
def cyc():
    me = [None]
    x = 1.25
    i = 0
    while True:
        me[0] = yield x
        i += 1
        x = x * 1.5 + i
g = cyc(); next(g); g.send(g); print(g.send(g)); del g; print(gc.collect() > 0)
import inspect
def peek():
    a, b = 1, 2.5
    for i in range(3):
        yield a * b + i
        a += 1
g = peek(); next(g); next(g)
print(sorted(g.gi_frame.f_locals.items()), inspect.getgeneratorstate(g))
print(list(zip(fibs(5), floats(0.0, 9.0, 1.5))))
def lazy(n):
    i = 0
    nan = float('nan')
    while i < n:
        yield nan
        i += 1
a, b = lazy(2); print(a is b, a in [b])
def prod(xs):
    p = 1
    for x in xs:
        p *= x
        yield p
print(list(prod([1, 2, 3.5, 4])), list(prod(range(1, 30)))[-1])
async def co(n):
    t = 0
    for i in range(n):
        t += i * 2
        await step(i)
    return t
class step:
    def __init__(self, i): self.i = i
    def __await__(self): yield self.i
async def agen(n):
    x = 0.5
    for i in range(n):
        yield x
        x += i
async def use():
    return [v async for v in agen(5)]
c = co(3)
try:
    while True: print(c.send(None))
except StopIteration as e: print(e.value)
try: use().send(None)
except StopIteration as e: print(e.value)
