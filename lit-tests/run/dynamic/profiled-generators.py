# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What profilers hear of generators and coroutines that are thrown into, closed, or wait for others; lines at which functions are left.
import asyncio
import cProfile
import sys


def gen():
    try:
        yield 1
        yield 2
    except ValueError:
        yield 3
    finally:
        ended()


def ended():
    pass


def after():
    pass


def returning():
    try:
        yield 1
    except ValueError:
        return 5


def delegating():
    yield from gen()


def receiving():
    x = yield from returning()
    yield x


def outermost():
    yield from receiving()


def thrown():
    g = gen(); next(g); g.throw(ValueError); g.close()
    after()


def closed():
    for make in gen, delegating, outermost:
        g = make(); next(g); g.close()
        g = make(); g.close()
        g = make(); next(g); del g
        g = make(); del g
        for x in make(): break
    after()


def thrown_through():
    g = delegating(); next(g); g.throw(ValueError); next(g, None)
    for make in gen, delegating, outermost:
        g = make(); next(g)
        try:
            g.throw(KeyError)
        except KeyError:
            after()


def returned_through():
    g = outermost(); next(g); g.throw(ValueError); g.close()


def passed_through():
    g = delegating(); next(g); next(g); g.close()
    list(outermost())
    after()


def failing():
    x = 1
    return x / 0


def failed():
    try:
        failing()
    except ZeroDivisionError:
        after()


async def leaf(n):
    await asyncio.sleep(0)
    if n > 2:
        raise ValueError
    return n


async def middle(n):
    r = await leaf(n)
    await asyncio.sleep(0)
    return r + 1


async def items(n):
    for i in range(n):
        yield await leaf(i)


async def main():
    await middle(1)
    [x async for x in items(2)]
    try:
        async for x in items(4):
            pass
    except ValueError:
        after()
    async for x in items(3):
        break
    task = asyncio.ensure_future(middle(2))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        after()


loop = asyncio.new_event_loop()


def awaiting():
    loop.run_until_complete(main())
    after()


def is_own(code):
    return code.co_filename == __file__


def listener(frame, event, argument):
    if is_own(frame.f_code):
        line = frame.f_lineno - frame.f_code.co_firstlineno if event == "call" or frame.f_code is failing.__code__ else ""
        print(event, frame.f_code.co_name, line, getattr(argument, "__name__", argument))


for use in thrown, closed, thrown_through, returned_through, passed_through, failed, awaiting:
    print("---", use.__name__)
    if use is not awaiting:
        sys.setprofile(listener)
        use()
        sys.setprofile(None)
    if use is returned_through:
        continue
    profile = cProfile.Profile()
    profile.enable()
    use()
    profile.disable()
    for entry in sorted(profile.getstats(), key=lambda entry: str(entry.code)):
        if not isinstance(entry.code, str) and is_own(entry.code):
            print(entry.code.co_name, entry.callcount, entry.reccallcount, sorted(
                (e.code.co_name, e.callcount) for e in entry.calls or () if not isinstance(e.code, str) and is_own(e.code)))
