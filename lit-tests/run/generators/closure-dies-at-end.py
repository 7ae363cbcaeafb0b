# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A generator that has ended, however, lets go of what its closure holds, though somebody still has the generator.
import weakref


class Held:
    pass


def made(kind):
    held = Held()

    def generator():
        try:
            yield 1
        finally:
            held
        yield 2

    async def coroutine():
        return held

    async def steps():
        yield held

    return {"generator": generator, "coroutine": coroutine, "steps": steps}[kind](), weakref.ref(held)


it, ref = made("generator")
print(ref() is None, len(list(it)), ref() is None)

it, ref = made("generator")
next(it)
it.close()
print("closed", ref() is None, it.gi_frame)

it, ref = made("generator")
it.close()
print("closed before its start", ref() is None)

it, ref = made("generator")
next(it)
try:
    it.throw(ValueError("thrown"))
except ValueError as error:
    print("thrown", ref() is None, error)
print("after", ref() is None)

it, ref = made("generator")
step = it.__next__
step(), step()
print(next(it, "end"), ref() is None)


def outer(kind):
    inner, ref = made(kind)

    def delegating():
        yield from inner
        yield ref() is None

    return delegating(), inner


it, inner = outer("generator")
print("delegated", list(it))

it, ref = made("coroutine")
try:
    it.send(None)
except StopIteration as stop:
    print("coroutine", stop.value is ref())
    del stop
print(ref() is None, it.cr_code.co_name)

it, ref = made("coroutine")
it.close()
print("coroutine closed", ref() is None)

it, ref = made("steps")
for _ in range(2):
    try:
        it.__anext__().send(None)
    except (StopIteration, StopAsyncIteration) as stop:
        print(type(stop).__name__)
print("async", ref() is None)


def expression():
    held = Held()
    return (held for _ in range(2)), weakref.ref(held)


it, ref = expression()
print("expression", [x is ref() for x in it], ref() is None, it.__name__)


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies:", self.name)


def order():
    cell = Loud("cell")

    def generator():
        local = Loud("local")
        yield local
        cell

    return generator()


it = order()
for _ in it:
    pass
del _
print("end")
