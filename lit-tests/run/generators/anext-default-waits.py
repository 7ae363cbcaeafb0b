# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# anext() with a default, of iterators whose __anext__ is a coroutine that waits: step by step, thrown into, closed, begun before.
import asyncio
import types


@types.coroutine
def suspend(value):
    return (yield value)


class Numbers:
    def __init__(self, n, wait):
        self.left, self.wait = n, wait

    def __aiter__(self):
        return self

    async def __anext__(self):
        await self.wait(self.left)
        if not self.left:
            raise StopAsyncIteration
        self.left -= 1
        return self.left


def steps(awaitable, *sent):
    told = []
    try:
        for value in sent:
            told.append(awaitable.send(value))
    except BaseException as e:
        told.append((type(e).__name__, str(e)))
    return told


numbers = Numbers(2, suspend)
for _ in range(4):
    print(steps(anext(numbers, "end"), None, 5, 6))
    print(steps(anext(numbers), None, 5))
a = anext(Numbers(1, suspend), "end")
print(a.send(None))
try:
    a.throw(KeyError("key"))
except KeyError as e:
    print(e)
a = anext(Numbers(1, suspend), "end")
print(next(a), a.close(), steps(a, None))


class Begun:
    async def step(self):
        return await suspend(1), await suspend(2)

    def __init__(self):
        self.coroutine = self.step()

    def __anext__(self):
        return self.coroutine


begun = Begun()
print(begun.coroutine.send(None), steps(anext(begun, "end"), "a", "b"))


async def main():
    numbers = Numbers(3, lambda n: asyncio.sleep(0))
    return [await anext(numbers, "end") for _ in range(5)]


print(asyncio.run(main()))
