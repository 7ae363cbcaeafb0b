# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What throw() makes of a class that gives no exception is thrown itself, and worded otherwise than by raise.
import asyncio


class Number(BaseException):
    def __new__(cls, *args):
        return 1


class Failing(Exception):
    def __init__(self, *args):
        raise KeyError("in init")


class Other(Exception):
    def __new__(cls, *args):
        return ValueError("other")


def generator():
    try:
        yield
    except BaseException as e:
        print("caught", type(e).__name__, e)
        raise


class Awaitable:
    def __await__(self):
        yield


async def coroutine():
    await Awaitable()


async def async_generator():
    yield


def show(work, *args):
    try:
        print(work(*args))
    except BaseException as e:
        print(type(e).__name__, e, "|", repr(e.__context__))


def begun(args):
    g = generator()
    next(g)
    g.throw(*args)


def begun_coroutine(args):
    c = coroutine()
    c.send(None)
    c.throw(*args)


def raised(cls):
    raise cls


def caused(cls):
    raise ValueError from cls


async def of_future(cls):
    iterator = asyncio.get_running_loop().create_future().__await__()
    next(iterator)
    iterator.throw(cls, "x")


for cls in (Number, Failing, Other):
    for args in ((cls,), (cls, "x"), (cls, None, None), (cls, (1, 2)), (cls, ValueError("v"))):
        show(generator().throw, *args)
        show(begun, args)
        show(begun_coroutine, args)
        show(async_generator().athrow(*args).send, None)
    show(raised, cls)
    show(caused, cls)
    show(lambda: asyncio.run(of_future(cls)))
