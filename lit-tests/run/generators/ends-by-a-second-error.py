# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a generator or coroutine has in its variables lives as long as the error that ends it, also where it handled another one before.
class L:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def g0():
    a = L("g0.a")
    yield 1
    raise KeyError("x")
def g1():
    a = L("g1.a")
    try:
        yield 1
        raise ValueError
    except ValueError: pass
    raise KeyError("x")
def g2():
    a = L("g2.a")
    try:
        raise ValueError
    except ValueError: pass
    yield 2
    raise KeyError("x")
def g3():
    a = L("g3.a")
    try:
        raise ValueError
    except ValueError: pass
    raise KeyError("x")
    yield 1
def g4():
    a = L("g4.a")
    try:
        yield 2
    except ValueError: pass
    raise KeyError("x")
def g5():
    a = L("g5.a")
    try:
        yield 2
    finally: b = L("g5.b")
    raise KeyError("x")
def g6():
    a = L("g6.a")
    try:
        yield 2
        raise KeyError("x")
    except ValueError: pass
def g7():
    a = L("g7.a")
    try:
        raise ValueError
    except ValueError as e: kept.append(e)
    yield 2
    raise KeyError("x")
kept = []
def t1(f):
    print(f.__name__)
    g = f()
    try:
        for i in g: pass
    except KeyError as e:
        print("caught", e)
    print("after clause")
for f in (g0,g1,g2,g3,g4,g5,g6, g7): t1(f)
kept.clear()
async def co():
    a = L("co.a")
    try: raise ValueError
    except ValueError: pass
    raise KeyError(1)
import asyncio
async def main():
    try: await co()
    except KeyError as e: print("caught", e)
    print("after")
asyncio.run(main())
