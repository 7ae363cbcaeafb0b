# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Steps of async generators awaited by compiled code and driven by hand: values, ends, errors and reuse.
import asyncio, gc, sys
async def ag(n):
    for i in range(n):
        try:
            x = yield i
            if x: print("got", x)
        finally: print("f", i) if i == 2 else None
async def main():
    async for v in ag(3): print(v)
    g = ag(4)
    print(await g.__anext__(), await g.asend("hi"), await g.asend(None))
    await g.aclose()
    try: await g.__anext__()
    except StopAsyncIteration as e: print("SAI", e.args, e.__context__)
    g = ag(2); s = g.__anext__()
    print(await s)
    try: await s
    except RuntimeError as e: print(e)
    s = g.asend(None)
    try: s.send(None)
    except StopIteration as e: print("v", e.value)
    try: s.send(None)
    except RuntimeError as e: print(e)
    async def bad():
        yield 1
        raise StopAsyncIteration(3)
    b = bad(); print(await b.__anext__())
    try: await b.__anext__()
    except RuntimeError as e: print(repr(e), repr(e.__cause__))
    async def slow():
        for i in range(3):
            await asyncio.sleep(0)
            yield [i] * 3
    print([x async for x in slow()], [y async for x in slow() async for y in ag(x[0])])
    g = slow(); t = [asyncio.ensure_future(g.__anext__()) for _ in range(2)]
    print([type(x).__name__ + str(x) for x in await asyncio.gather(*t, return_exceptions=True)])
    class Boom(Exception): pass
    g = ag(5); await g.__anext__()
    try: await g.athrow(Boom("x"))
    except Boom as e: print(repr(e))
    try:
        1/0
    except ZeroDivisionError:
        async for v in ag(1): pass
        try: await ag(0).__anext__()
        except StopAsyncIteration as e: print("ctx", repr(e.__context__))
    big = object(); r = sys.getrefcount(big)
    async def one():
        for i in range(5): yield big
    async for q in one(): pass
    del q
    print(sys.getrefcount(big) - r)
asyncio.run(main())
