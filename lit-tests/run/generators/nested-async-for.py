# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Async generators that iterate over one another: their steps and wrapped values are used again, and are garbage when they wait in vain.
import asyncio
import gc
import weakref


class Tree:
    def __init__(self, left, value, right):
        self.left, self.value, self.right = left, value, right

    async def __aiter__(self):
        if self.left:
            async for i in self.left:
                yield i
        if self.value % 5 == 0:
            await asyncio.sleep(0)
        yield self.value
        if self.right:
            async for i in self.right:
                yield i


def tree(values):
    if not values:
        return None
    i = len(values) // 2
    return Tree(tree(values[:i]), values[i], tree(values[i + 1:]))


async def deep(n):
    yield n
    if n:
        async for i in deep(n - 1):
            yield i
    yield -n


async def collect(it):
    return [i async for i in it]


async def main():
    t = tree(range(40))
    print(await asyncio.gather(*(collect(t) for _ in range(3))) == [list(range(40))] * 3)
    print(await collect(deep(100)) == [*range(100, -1, -1), *range(0, -101, -1)])
    # left in the middle
    async for i in t:
        if i == 17:
            break
    print(i)

    # steps that others hold
    g = deep(2)
    steps = [g.__anext__(), g.asend(None), anext(g)]
    print([await s for s in steps], [type(s).__name__ for s in steps])
    for s in steps:
        try:
            await s
        except RuntimeError as e:
            print(e)
    await g.aclose()
    try:
        await anext(g)
    except StopAsyncIteration:
        print("ended", await anext(g, "default"))

    # values pass unchanged, also those that are awaitable or exceptions
    async def gives():
        for v in (None, StopAsyncIteration(), StopIteration(3), asyncio.sleep, (), g):
            yield v

    print([repr(v)[:16] async for v in gives()])

    # errors inside
    async def fails(n):
        if n == 0:
            raise KeyError("inside")
        async for i in fails(n - 1):
            yield i
        yield n

    try:
        await collect(fails(5))
    except KeyError as e:
        depth, tb = 0, e.__traceback__
        while tb:
            depth, tb = depth + 1, tb.tb_next
        print(repr(e), depth)


asyncio.run(main())


class Forever:
    def __await__(self):
        while True:
            yield self


class Node:
    pass


async def waits(node):
    await Forever()
    yield node


async def loops(node):
    async for i in waits(node):
        print("never", i)


node = Node()
node.coroutine = loops(node)
first = node.coroutine.send(None)
print(type(first).__name__, type(node.coroutine.cr_await).__name__, gc.is_tracked(node.coroutine.cr_await))
r = weakref.ref(node)
del node, first
gc.collect()
print(r())
