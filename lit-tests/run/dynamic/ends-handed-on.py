# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A trace function is told of the StopIteration of a class's own __next__ where iterators that end with it hand it on to a loop or to
# `yield from`, and not of one that nobody raised or that a builtin kept.
import asyncio
import collections
import itertools
import sys

events = []
def tracer(f, e, a):
    if f.f_code.co_filename != __file__: return None
    if e in ("exception",): events.append((f.f_code.co_name, e, f.f_lineno - f.f_code.co_firstlineno, a[0].__name__, str(a[1])))
    return tracer
class It:
    def __init__(self, n=2): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n
def gen(n=2, r=None):
    for i in range(n): yield i
    return r
def loop(make):
    for x in make(): pass
def deleg(make):
    def g():
        return (yield from make())
    for x in g(): pass
def deleg_send(make):
    def g():
        return (yield from make())
    it = g()
    try:
        next(it)
        while 1: it.send(1)
    except (StopIteration, AttributeError): pass
def unpack(make): a, *b = make()
def comp(make): return [x for x in make()], {x for x in make()}, {x: 1 for x in make()}, list(x for x in make()), list(make()), tuple(make()), [*make()], set(make())
def nxt(make):
    it = iter(make())
    try:
        while 1: next(it)
    except StopIteration: pass
    next(it, None)
makers = {
 "It": It, "list": lambda: [1, 2], "gen": gen, "genr": lambda: gen(2, 5), "enum": lambda: enumerate(It()), "zip": lambda: zip(It(), It()), "zips": lambda: zip(It(), It(), strict=True), "map": lambda: map(str, It()), "filter": lambda: filter(None, It()),
 "chain": lambda: itertools.chain(It(), It()), "chainl": lambda: itertools.chain(It(), [1]), "longest": lambda: itertools.zip_longest(It(1), It(2)), "islice": lambda: itertools.islice(It(), 5), "islice1": lambda: itertools.islice(It(), 1), "takewhile": lambda: itertools.takewhile(lambda x: True, It()), "drop": lambda: itertools.dropwhile(bool, It()), "group": lambda: itertools.groupby(It()), "acc": lambda: itertools.accumulate(It()), "star": lambda: itertools.starmap(max, zip(It(), It())), "pair": lambda: itertools.pairwise(It(4)), "ff": lambda: itertools.filterfalse(None, It()), "compress": lambda: itertools.compress(It(), [1, 1, 1]), "cycle": lambda: itertools.islice(itertools.cycle(It(2)), 4), "cycle0": lambda: itertools.cycle(It(0)), "tee": lambda: itertools.tee(It())[0], "product": lambda: itertools.product(It(), It()), "iter2": lambda: iter(It().__next__, 9), "iter3": lambda: iter(lambda: 1, 1), "enumgen": lambda: enumerate(gen()), "enumgenr": lambda: enumerate(gen(1, 3)), "rev": lambda: reversed([1]), "dict": lambda: {1: 2}, "empty": lambda: [], "str": lambda: "ab", "deque": lambda: collections.deque([1]), "range": lambda: range(2), "genexp": lambda: (x for x in It()), "mapmap": lambda: map(str, map(int, It())), "fromit": lambda: itertools.chain.from_iterable(It(0)), "file": lambda: open("/dev/null"), "count": lambda: zip(itertools.count(), It())}
for fn in (loop, deleg, deleg_send, unpack, comp, nxt):
    for n, m in makers.items():
        events.clear(); sys.settrace(tracer)
        try: fn(m)
        except Exception as e: events.append(repr(e))
        finally: sys.settrace(None)
        if events and events[-1][0] == "<module>": events.pop()
        print(fn.__name__, n, events)
async def co():
    await asyncio.sleep(0)
    f = asyncio.get_running_loop().create_future(); asyncio.get_running_loop().call_soon(f.set_result, None)
    await f
    f = asyncio.get_running_loop().create_future(); asyncio.get_running_loop().call_soon(f.set_result, 3)
    await f
    await asyncio.create_task(asyncio.sleep(0, 5))
    async for x in ag(): pass
    async with asyncio.Lock(): pass
async def ag():
    yield 1
    await asyncio.sleep(0)
    yield 2
events.clear(); sys.settrace(tracer); asyncio.run(co()); sys.settrace(None); print(events)
