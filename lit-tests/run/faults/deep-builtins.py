# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Builtins that recurse over what is nested 50,000 deep: an error, never a crash.
import sys, copy, pickle, json, functools, itertools, operator, ast, re, marshal, collections
def nest(make, n):
    x = None
    for _ in range(n): x = make(x)
    return x
class Box:
    def __init__(self, v): self.v = v
class Slotted:
    __slots__ = ('v',)
    def __init__(self, v): self.v = v
class L(list): pass
class T(tuple): pass
def gen(x):
    yield x
makers = dict(list=lambda x: [x], tuple=lambda x: (x,), dict=lambda x: {1: x}, box=Box, slotted=Slotted, sub=lambda x: L([x]), tsub=lambda x: T((x,)), partial=lambda x: functools.partial(print, x), map=lambda x: map(str, x or ()), chain=lambda x: itertools.chain(x or ()), islice=lambda x: itertools.islice(x or iter(()), 1), gen=gen, genexp=lambda x: (y for y in (x or ())), deque=lambda x: collections.deque([x]), bound=lambda x: Box(x).__init__, cell=lambda x: (lambda: x), exc=lambda x: Exception(x), group=lambda x: ExceptionGroup('g', [x or ValueError()]), slice=lambda x: slice(x), enum=lambda x: enumerate(x or ()), zip=lambda x: zip(x or ()), rev=lambda x: [x, reversed([x])], itemgetter=lambda x: operator.itemgetter(x), prop=lambda x: property(x), filt=lambda x: filter(None, x or ()), ddict=lambda x: collections.defaultdict(list, {1: x}), od=lambda x: collections.OrderedDict({1: x}), frozen=lambda x: frozenset([x]), view=lambda x: {1: x}.values(), cm=lambda x: classmethod(x), sm=lambda x: staticmethod(x), alias=lambda x: list[x], acc=lambda x: itertools.accumulate(x or ()))
for name in ('list', 'tuple', 'dict', 'sub', 'tsub', 'deque', 'exc', 'group', 'slice', 'od', 'ddict', 'partial', 'view', 'alias', 'frozen', 'map', 'chain', 'islice', 'filt', 'zip', 'acc', 'itemgetter', 'prop'):
    x, y = nest(makers[name], 20000), nest(makers[name], 20000)
    for f in (repr, str, hash, lambda v: v == y, lambda v: v < y, copy.deepcopy, pickle.dumps, json.dumps, marshal.dumps, lambda v: v in [y], bool, lambda v: next(iter(v)), lambda v: '%s' % (v,), lambda v: f'{v!r:>5}'[:0], ascii, lambda v: format(v)):
        if f is marshal.dumps and name == 'frozen': continue
        try: f(x); print(name, 'ok')
        except RecursionError: print(name, 'RecursionError')
        except Exception as e: print(name, type(e).__name__, str(e)[:60].split(' at 0x')[0])
    del x, y
class M(type):
    def __instancecheck__(c, o): return isinstance(o, c)
    def __subclasscheck__(c, o): return issubclass(o, c)
class A(metaclass=M): pass
for f in (lambda: isinstance(1, A), lambda: issubclass(int, A), lambda: isinstance(1, nest(lambda x: (x or int,), 50000)), lambda: issubclass(int, nest(lambda x: (x or str,), 50000)), lambda: sum([[]] * 3, nest(lambda x: [x], 100000)) and 1, lambda: json.loads('[' * 100000), lambda: json.loads('[' * 500 + ']' * 500) and 1, lambda: pickle.loads(b'(' * 100000 + b'.'), lambda: marshal.loads(b'(\x01\x00\x00\x00' * 100000), lambda: marshal.loads(b'[\x01\x00\x00\x00' * 3000 + b'N') and 1, lambda: '{' * 1000 + ''.format(), lambda: ('{:' * 10 + '}' * 10).format(*range(20)), lambda: '%' + '(' * 1000 % {}):
    try: print(f())
    except BaseException as e: print(type(e).__name__, str(e)[:70])
