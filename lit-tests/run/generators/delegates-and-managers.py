# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A delegate with a throw of its own gets the very arguments that the generator's throw was given, whatever they are.
class Delegate:
    def __iter__(self): return self
    def __next__(self): return 1
    def throw(self, *a): print('throw', a); return 'thrown'
def g(): 
    r = yield from Delegate()
def outer(): yield from g()
for make in (g, outer):
    x = make(); next(x)
    print(x.throw(123)); print(x.throw(ValueError)); print(x.throw(ValueError, 'v')); print(x.throw(ValueError, None, None)); print(x.throw(ValueError('i')))
    try: x.throw(GeneratorExit)
    except BaseException as e: print(type(e).__name__)
class Delegate2(Delegate):
    def throw(self, *a): raise StopIteration(a)
def g2():
    r = yield from Delegate2(); print('r', r); yield 'after'
x = g2(); next(x); print(x.throw(7))
class NoThrow:
    def __iter__(self): return self
    def __next__(self): return 1
def g3():
    try: yield from NoThrow()
    except Exception as e: print('in', type(e).__name__, e); yield 'x'
x = g3(); next(x); print(x.throw(ValueError, 'v'))
x = g3(); next(x)
try: print(x.throw(7))
except TypeError as e: print('out', e)



# Dropping a long chain of coroutines that were never awaited takes time in proportion to its length.
import time
import warnings


async def waits(other):
    return await other


def drop(n):
    chain = None
    for _ in range(n):
        chain = waits(chain)
    start = time.process_time()
    del chain
    return time.process_time() - start


warnings.simplefilter("ignore")
short = min(drop(2000) for _ in range(3))
print(drop(16000) < 40 * short + 0.5)


# `with` looks its methods up on the class, __enter__ first, and keeps what it found.
class Manager:
    def __enter__(self):
        print("enter")
        Manager.__exit__ = lambda *args: print("replaced")
        return self

    def __exit__(self, kind, value, traceback):
        print("exit", kind, value, traceback is None)
        return True


def use(manager):
    with manager as m:
        print(m is manager)
        raise KeyError("k")


use(Manager())
with Manager():
    pass


class Static:
    @staticmethod
    def __enter__():
        return "static"

    @classmethod
    def __exit__(cls, *args):
        print(cls.__name__, args)


with Static() as s:
    print(s)


class Bound:
    class Callable:
        def __call__(self, *args):
            print("called", args)
            return len(args)

    __enter__ = Callable()
    __exit__ = Callable()


with Bound() as b:
    print(b)


class Borrows:
    __enter__ = list.copy

    def __exit__(self, *args):
        pass


class NoExit:
    def __enter__(self):
        print("not entered")


for manager in (Borrows(), NoExit(), 1):
    try:
        with manager:
            pass
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)


def leaving(kind):
    for i in range(3):
        with Manager():
            if kind == "return":
                return i
            if kind == "break":
                break
            if kind == "continue":
                continue


print(leaving("return"), leaving("break"), leaving("continue"))


def yielding():
    with Manager():
        yield 1
        yield 2


print(next(yielding()))
print(list(yielding()))
