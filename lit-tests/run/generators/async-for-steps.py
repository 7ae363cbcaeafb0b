# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Steps of `async for` for which no awaitable is made until the generator waits for something: what others see then, and how it ends.
import gc, sys, types

@types.coroutine
def wait(what):
    return (yield what)

async def numbers(n, log):
    try:
        for i in range(n):
            if i % 2: log.append(("sent", await wait(("wait", i))))
            yield i
    except BaseException as e:
        log.append(("in", repr(e)))
        raise
    finally:
        log.append("closed")

async def through(source):
    async for x in source:
        yield x * 10

async def loop(source, log):
    try:
        async for x in source:
            log.append(x)
        else:
            log.append(("else", sys.exc_info()[0]))
    except ValueError as e:
        log.append(("out", repr(e), repr(e.__context__)))
        tb, lines = e.__traceback__, []
        while tb:
            lines.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
            tb = tb.tb_next
        log.append(lines)
    return "done"

def step(c, *args):
    try: return c.send(*args) if args else c.send(None)
    except StopIteration as e: return ("stop", e.value)

# What it waits for: one object for the whole wait, of the type that __anext__() returns.
log = []
g = numbers(3, log)
c = loop(g, log)
print(step(c), type(c.cr_await).__name__, c.cr_await is c.cr_await, g.ag_running, type(g.ag_await).__name__)
awaited = c.cr_await
print(gc.is_tracked(awaited), any(o is g for o in gc.get_referents(awaited)))
print(step(c, "hello"), log, c.cr_await, g.ag_running)
try: awaited.send(None)
except RuntimeError as e: print(e)
del awaited

# Two levels; several waits.
log = []
c = loop(through(numbers(6, log)), log)
print(step(c), type(c.cr_await).__name__, step(c, 1), step(c, 2), step(c, 3), log)

# Thrown in while it waits, closed while it waits.
log = []
c = loop(through(numbers(6, log)), log)
step(c)
try: print(c.throw(ValueError("thrown")))
except StopIteration as e: print(e.value)
print(log)
log = []
g = numbers(6, log)
c = loop(g, log)
step(c)
c.close()
print(log, g.ag_running, g.ag_frame is None)

# Another one is on its way.
log = []
g = numbers(4, log)
c, d = loop(g, log), loop(g, log)
step(c)
try: step(d)
except RuntimeError as e: print(e)
print(step(c), step(c), log)

# An error, and the end, while one is handled: nothing is chained to the end.
async def failing():
    yield 1
    raise ValueError("own")
async def handling():
    log = []
    try: 1 / 0
    except ZeroDivisionError:
        print(await loop(failing(), log), log[:2], log[2][-1][0])
        async for x in numbers(2, []): break
        async for x in numbers(0, []): pass
        print(repr(sys.exc_info()[1]))
    async def late():
        yield 1
        raise StopAsyncIteration("mine")
    try:
        async for x in late(): pass
    except RuntimeError as e: print(repr(e), repr(e.__cause__))
    ended = numbers(1, [])
    print([x async for x in ended], [x async for x in ended], [y async for x in numbers(1, []) async for y in through(failing()) if False] if False else "")
print(step(handling()))

# Everything dies when it did.
class Noisy:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
async def noisy(n):
    for i in range(n): yield Noisy(i)
async def drop():
    async for x in noisy(3): print("at", x.n)
    print("after")
step(drop())
held = object()
before = sys.getrefcount(held)
async def holding():
    for i in range(4): yield held
    await wait(0)
async def count():
    async for x in holding(): pass
c = count(); step(c); step(c)
print(sys.getrefcount(held) - before)

# Hooks of the first step.
first = []
sys.set_asyncgen_hooks(firstiter=lambda g: first.append(g.__name__))
step(loop(through(numbers(1, [])), []))
sys.set_asyncgen_hooks(firstiter=None)
print(first)

# Listened to: each end is an exception again.
events = []
def listener(frame, event, arg):
    if event == "exception": events.append((frame.f_code.co_name, arg[0].__name__))
    return listener
c = loop(numbers(1, []), [])
sys.settrace(listener)
try: c.send(None)
except StopIteration: pass
sys.settrace(None)
print(events)
