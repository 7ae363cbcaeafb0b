# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Generators: send, throw, close, yield from; coroutines by hand.
def count(n):
    for i in range(n):
        got = yield i
        if got: print("got", got)
    return "returned"
g = count(3); print(next(g), g.send("hi"), next(g))
try:
    next(g)
except StopIteration as e:
    print(e.value)
def outer():
    r = yield from count(2)
    print("inner said", r)
    yield from "ab"
    yield from [10, 20]
print(list(outer()))
def guarded():
    try:
        yield 1
        yield 2
    except ValueError as e:
        print("thrown", e)
        yield "recovered"
    finally:
        print("cleanup")
g = guarded(); print(next(g), g.throw(ValueError("v"))); g.close()
g = guarded(); next(g); g.close()
def expression(): 
    x = [1, (yield "a"), (yield "b")]
    print(x, f"{(yield 'c')}")
g = expression(); print(next(g), g.send(2), g.send(3))
try: g.send("z")
except StopIteration: print("end")
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
f = fib(); print([next(f) for _ in range(15)])
print(sum(x * x for x in range(10) if x % 2), max((len(w), w) for w in ["a", "bbb", "cc"]))
async def coro(x):
    return x * 2
async def main():
    a = await coro(21)
    return a, [await coro(i) for i in range(3)]
c = main()
try: c.send(None)
except StopIteration as e: print(e.value)
def evens(it):
    for x in it:
        if x % 2 == 0: yield x
print(list(evens(x for x in range(10))))
def tree(n): 
    if n:
        yield from tree(n - 1)
        yield n
        yield from tree(n - 1)
print(list(tree(4)))


# What a generator returns is nobody's in a loop.
def returning(n):
    yield from range(n)
    return "done"


for _ in returning(2):
    print(_, end=" ")
print(list(returning(3)), sum(returning(4)), max(returning(5)), [*returning(2)], any(returning(1)), sorted(returning(2)))
one = returning(1)
print(next(one))
for _ in range(2):
    try:
        next(one)
    except StopIteration as stop:
        print("stop", stop.value)
