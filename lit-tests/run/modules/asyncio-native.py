# RUN: krait-interp %s 2>&1 | diff %s.out -
# RUN: krait run %s 2>&1 | diff %s.out -
# Futures and tasks are native: identity, cancelling, callbacks, awkward awaitables, and what nobody retrieved.
import asyncio
import contextvars
import gc

print(asyncio.Future, asyncio.Task, asyncio.Task.__mro__)
place = contextvars.ContextVar("place", default="nowhere")


class Silent(Exception):
    pass


async def work(n):
    await asyncio.sleep(0.01 * n)
    return n * n


async def bad():
    await asyncio.sleep(0)
    raise ValueError("x")


class Likeness:
    """Awaitable by duck typing: a future of another make."""

    def __init__(self, loop):
        self.inner = loop.create_future()
        self._asyncio_future_blocking = False

    def get_loop(self):
        return self.inner.get_loop()

    def add_done_callback(self, callback, *, context):
        self.inner.add_done_callback(lambda f: callback(self), context=context)

    def result(self):
        return self.inner.result()

    def cancel(self, msg=None):
        return self.inner.cancel(msg)

    def __await__(self):
        self._asyncio_future_blocking = True
        yield self
        return self.result()


class Wrong:
    def __init__(self, what):
        self.what = what

    def __await__(self):
        yield self.what


async def await_(x):
    return await x


async def outcome(aw):
    try:
        return await aw
    except BaseException as e:
        return type(e).__name__, str(e)[:40]


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print("handler:", context["message"], sorted(context)))
    print(await asyncio.gather(*(work(i) for i in range(5))))
    task = asyncio.create_task(work(100), name="long")
    await asyncio.sleep(0)
    print(task.get_name(), task.done(), task._fut_waiter is not None, asyncio.current_task() in asyncio.all_tasks())
    print(str(task).replace(__file__, "FILE"))
    task.cancel("stop")
    try:
        await task
    except asyncio.CancelledError as e:
        print("cancelled", e.args, task.cancelled(), task.cancelling())
    print(await asyncio.gather(bad(), work(1), return_exceptions=True))
    async with asyncio.TaskGroup() as group:
        a, b = group.create_task(work(1)), group.create_task(work(2))
    print(a.result(), b.result())
    try:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(1)
    except TimeoutError:
        print("timeout")

    alike = Likeness(loop)
    waiting = asyncio.create_task(await_(alike))
    await asyncio.sleep(0)
    alike.inner.set_result("alike")
    print(await waiting)
    for wrong in 1, loop.create_future(), (x for x in "ab"):
        print(await outcome(asyncio.create_task(await_(Wrong(wrong)))))

    future = loop.create_future()
    called = []

    def note(f):
        called.append((place.get(), f.result()))

    context = contextvars.copy_context()
    context.run(place.set, "there")
    future.add_done_callback(note, context=context)
    future.add_done_callback(note)
    future.add_done_callback(print)
    print(future.remove_done_callback(print), len(future._callbacks))
    future.set_result(7)
    await asyncio.sleep(0)
    print(called, future._state, future)
    for wrong in (lambda: future.set_result(8)), (lambda: loop.create_future().result()), (lambda: asyncio.Task(5, loop=loop)), \
            (lambda: loop.create_future().set_exception(StopIteration())):
        try:
            wrong()
        except Exception as e:
            print(type(e).__name__, e)
    loop.create_future().set_exception(Silent())
    gc.collect()
    await asyncio.sleep(0)


asyncio.run(main())
try:
    asyncio.get_running_loop()
except RuntimeError as e:
    print(e)
