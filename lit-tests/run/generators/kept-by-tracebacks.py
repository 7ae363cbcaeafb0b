# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A generator that handled an error keeps its locals for the traceback, when that outlives it.
class Named:
    def __init__(self, name): self.name = name
    def __del__(self): print('gone', self.name)


kept = []


def returns():
    a = Named('returns a')
    try: raise ValueError
    except ValueError as e: kept.append(e)
    yield 1
    b = Named('returns b')


class Holder:
    def steps(self):
        a = Named('holder a')
        try: raise ValueError
        except ValueError as e: self.error = e
        yield 1


async def coroutine():
    a = Named('coroutine a')
    try: int('x')
    except ValueError as e: kept.append(e)


def thrown():
    a = Named('thrown a')
    try: yield 1
    except ValueError as e: kept.append(e)
    yield 2


def raises():
    a = Named('raises a')
    def inner():
        b = Named('inner b')
        raise KeyError
    try: inner()
    except KeyError as e: kept.append(e)
    yield 1
    raise IndexError


def loops():
    a = Named('loops a')
    total = 0
    for i in range(3):
        try: int('x')
        except ValueError as e: kept.append(e.__traceback__)
        total += i
        yield total


def forgets():
    a = Named('forgets a')
    try: int('x')
    except ValueError as e: print('handled', e)
    yield 1


def delegates():
    a = Named('delegates a')
    try: yield from raises()
    except IndexError as e: kept.append(e)


def dropped():
    print('dropped')
    kept.clear()
    print('--')


list(returns())
dropped()
holder = Holder()
list(holder.steps())
print('done')
holder.error = None
try: coroutine().send(None)
except StopIteration: pass
dropped()
g = thrown()
next(g)
g.throw(ValueError())
del g
dropped()
try: list(raises())
except IndexError as e: kept.append(e)
dropped()
print(list(loops()))
dropped()
for x in loops():
    if x: break
dropped()
print(list(forgets()))
list(delegates())
dropped()
