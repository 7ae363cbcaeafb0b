"""What is nested deeply: ways to put an object into another one."""
import collections
import functools
import itertools
import operator


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


makers = dict(
    list=lambda x: [x],
    tuple=lambda x: (x,),
    dict=lambda x: {1: x},
    box=Box,
    slotted=Slotted,
    sub=lambda x: L([x]),
    tsub=lambda x: T((x,)),
    partial=lambda x: functools.partial(print, x),
    map=lambda x: map(str, x or ()),
    chain=lambda x: itertools.chain(x or ()),
    islice=lambda x: itertools.islice(x or iter(()), 1),
    gen=gen,
    genexp=lambda x: (y for y in (x or ())),
    deque=lambda x: collections.deque([x]),
    bound=lambda x: Box(x).__init__,
    cell=lambda x: (lambda: x),
    exc=lambda x: Exception(x),
    group=lambda x: ExceptionGroup('g', [x or ValueError()]),
    slice=lambda x: slice(x),
    enum=lambda x: enumerate(x or ()),
    zip=lambda x: zip(x or ()),
    rev=lambda x: [x, reversed([x])],
    itemgetter=lambda x: operator.itemgetter(x),
    prop=lambda x: property(x),
    filt=lambda x: filter(None, x or ()),
    ddict=lambda x: collections.defaultdict(list, {1: x}),
    od=lambda x: collections.OrderedDict({1: x}),
    frozen=lambda x: frozenset([x]),
    view=lambda x: {1: x}.values(),
    cm=lambda x: classmethod(x),
    sm=lambda x: staticmethod(x),
    alias=lambda x: list[x],
    acc=lambda x: itertools.accumulate(x or ()),
)
