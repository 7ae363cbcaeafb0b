# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Futures and tasks schedule their callbacks directly on a loop that is asyncio's own. Who changes the loop, its class, Handle or the
# sets of tasks is asked, at any moment.
import asyncio
import contextvars
from asyncio import base_events, events


async def steps(n=2):
    for _ in range(n):
        await asyncio.sleep(0)
    return n


def run(loop, coroutine):
    try:
        return loop.run_until_complete(coroutine)
    except BaseException as e:
        return type(e).__name__, str(e)


class Counting(asyncio.SelectorEventLoop):
    calls = 0

    def call_soon(self, callback, *args, context=None):
        self.calls += 1
        return super().call_soon(callback, *args, context=context)


loop = Counting()
print(run(loop, steps()), loop.calls)
del Counting.call_soon
print(run(loop, steps()), loop.calls)
Counting.get_debug = lambda self: print("asked") or False
print(run(loop, steps(1)))
del Counting.get_debug
loop.close()

loop = asyncio.new_event_loop()
print(run(loop, steps()))
seen = []
plain = loop.call_soon


def noted(callback, *args, context=None):
    seen.append((type(callback).__name__, len(args), type(context).__name__))
    return plain(callback, *args, context=context)


loop.call_soon = noted
print(run(loop, steps()), seen)
del loop.call_soon
print(run(loop, steps()), len(seen))


class MyHandle(events.Handle):
    made = 0

    def __init__(self, *args):
        MyHandle.made += 1
        super().__init__(*args)


plain_handle, events.Handle = events.Handle, MyHandle
print(run(loop, steps()), MyHandle.made)
events.Handle = plain_handle
print(run(loop, steps()), MyHandle.made)
init = plain_handle.__init__
plain_handle.__init__ = lambda self, *args: seen.append("init") or init(self, *args)
seen.clear()
print(run(loop, steps()), seen)
plain_handle.__init__ = init
code = base_events.BaseEventLoop._check_closed.__code__


def refuses(self):
    raise RuntimeError("refused")


future = loop.create_future()
future.add_done_callback(lambda f: print("called", f.result()))
base_events.BaseEventLoop._check_closed.__code__ = refuses.__code__
try:
    future.set_result(1)
except RuntimeError as e:
    print(e)
base_events.BaseEventLoop._check_closed.__code__ = code
print(run(loop, steps()))

loop.set_debug(True)
handles = []
run(loop, steps())
task = loop.create_task(steps())
print(task._source_traceback is not None, loop._ready[-1]._source_traceback is not None)
loop.set_debug(False)
print(run(loop, task))


# what the queue holds
async def inspects():
    task = asyncio.create_task(steps(0))
    handle = loop._ready[-1]
    print(type(handle), handle._args, handle._cancelled, handle._loop is loop, type(handle._context).__name__, handle.cancelled())
    handle.cancel()
    print(handle.cancelled(), handle)
    task.cancel()
    task._log_destroy_pending = False
    await asyncio.sleep(0)
    return task.done()


print(run(loop, inspects()))


# names of tasks
async def names():
    first, second = asyncio.create_task(steps()), asyncio.create_task(steps(), name="own")
    number = int(first.get_name().removeprefix("Task-"))
    third = asyncio.create_task(steps(), name=5)
    fourth = asyncio.create_task(steps())
    print(second.get_name(), repr(third.get_name()), int(fourth.get_name()[5:]) - number, first.get_name() is first.get_name())
    fourth.set_name(7)
    print(repr(fourth.get_name()), first.get_name() in repr(first))
    print(sorted(t is asyncio.current_task() for t in asyncio.all_tasks()))
    await asyncio.gather(first, second, third, fourth)
    print(len(asyncio.all_tasks()))


print(run(loop, names()))

# contexts are as they were when they were copied
v = contextvars.ContextVar("v", default=0)


async def sets(value):
    before = v.get()
    v.set(value)
    await asyncio.sleep(0)
    return before, v.get()


async def contexts():
    v.set("outer")
    copied = contextvars.copy_context()
    v.set("later")
    print(copied[v], copied.run(v.get), copied.run(v.set, 3).old_value, copied[v], v.get())
    again = copied.copy()
    copied.run(v.set, 4)
    print(again[v], copied[v], len(again), again == copied)
    return await asyncio.gather(sets(1), sets(2)), v.get()


print(run(loop, contexts()), v.get())

future = loop.create_future()
future.add_done_callback(print)
loop.close()
try:
    future.set_result(None)
except RuntimeError as e:
    print(e)
