import asyncio, coroutines, collections.abc, inspect
async def host(x):
    await asyncio.sleep(0)
    if x < 0: raise ValueError(x)
    return x + 1
async def hgen(n):
    for i in range(n): yield i
class CM:
    async def __aenter__(self): await asyncio.sleep(0); return 42
    async def __aexit__(self, *a): return False
async def main():
    print(await coroutines.leaf(4), await coroutines.gather(5))
    try: await coroutines.fails()
    except KeyError as e: print("KeyError", e)
    print(await coroutines.awaits(host(3)), await coroutines.awaits(host(-3)), await coroutines.awaits(coroutines.leaf(1)))
    fut = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(0.001, fut.set_result, "later")
    print(await coroutines.awaits(fut))
    print([x async for x in coroutines.agen(4)], await coroutines.over(hgen(3)), await coroutines.over(coroutines.agen(2)))
    print(await coroutines.ctx(CM()), await coroutines.ctx(coroutines.Lockish()))
    async with coroutines.Lockish() as l: print(l)
    flag = []
    t = asyncio.create_task(coroutines.cancelled(flag)); await asyncio.sleep(0.001); t.cancel()
    try: await t
    except asyncio.CancelledError: print("cancelled", flag)
    t = asyncio.create_task(coroutines.leaf(8)); print(await asyncio.wait_for(t, 1))
asyncio.run(main())
g = coroutines.echo()
print(next(g), g.send("a"), g.throw(ValueError("v")), g.send("b"))
try: g.send("c")
except StopIteration as e: print(e.value)
def hostgen():
    x = yield 1
    y = yield x
    return (x, y)
d = coroutines.delegate(hostgen())
print(next(d), d.send(5))
try: d.send(6)
except StopIteration as e: print(e.value)
def outer(): return (yield from coroutines.echo())
o = outer(); print(next(o), o.send(1), o.throw(ValueError("w")))
o.close()
c = coroutines.leaf(1); print(isinstance(c, collections.abc.Coroutine), isinstance(coroutines.echo(), collections.abc.Generator)); c.close()
print(coroutines.main(3))
