import asyncio
async def leaf(x):
    await asyncio.sleep(0.001)
    return x * 2
async def gather(n):
    return await asyncio.gather(*[leaf(i) for i in range(n)])
async def fails():
    await asyncio.sleep(0)
    raise KeyError("k")
async def awaits(other):
    try:
        return "got", await other
    except ValueError as e:
        return "caught", e.args
async def agen(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i
async def over(it):
    return [x async for x in it]
async def ctx(cm):
    async with cm as v: return v
class Lockish:
    async def __aenter__(self): return "entered"
    async def __aexit__(self, *a): return False
def echo():
    got = []
    while True:
        try: got.append((yield len(got)))
        except ValueError as e: got.append(str(e))
        if len(got) == 4: return got
def delegate(g):
    r = yield from g
    return ("done", r)
async def cancelled(flag):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        flag.append("cancelled")
        raise
def main(n): return asyncio.run(gather(n))
