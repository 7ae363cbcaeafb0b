# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Who asks a suspended generator for its locals sees bound methods.
import inspect


def generator(out):
    append = out.append
    while True:
        append((yield))


g = generator([])
next(g)
g.send(3)
print(inspect.getgeneratorlocals(g)["append"].__name__, inspect.getgeneratorlocals(g)["out"])


class Pause:
    def __await__(self):
        yield "paused"


async def coroutine(out):
    append = out.append
    append(await Pause())


c = coroutine([])
print(c.send(None), inspect.getcoroutinelocals(c)["append"].__name__)
c.close()
