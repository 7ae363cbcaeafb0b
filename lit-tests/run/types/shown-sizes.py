# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# sys.getsizeof says what CPython's objects take.
import array
import collections
import functools
import itertools
import io
import operator
import sys
import threading


class Plain: pass
class Empty: __slots__ = ()
class Slots: __slots__ = ("a", "b")
class WeakSlots: __slots__ = ("a", "__weakref__")
class Text(str): pass
class Failure(Exception): pass
class Meta(type): pass
class Made(metaclass=Meta): pass


def function(): pass


things = [0, 1, 2**30, 2**60, 2**100, True, 1.5, 1j, "", "a", "é", "日本", "😀", b"", b"abc", bytearray(), (), (1, 2), [], [1, 2, 3],
          {}, {1: 2}, dict.fromkeys(range(100)), set(), set(range(100)), frozenset(), range(5), slice(1), None, ..., object(), len, type,
          Plain(), Empty(), Slots(), WeakSlots(), Failure(), Exception("a"), OSError(1, "a"), function, Plain, Empty, Slots, Failure, Meta,
          Made, int, iter([]), iter(()), iter({}), iter(set()), iter("a"), iter("é"), iter("日"), iter(b""), iter(range(3)), enumerate([]),
          zip(), zip([]), map(len, []), filter(None, []), reversed([]), list.append, int.__add__, [].append, property(), staticmethod(len),
          classmethod(len), collections.deque(), collections.OrderedDict(), collections.defaultdict(int), collections.Counter(),
          array.array("i", [1, 2, 3]), array.array("d"), functools.partial(len), operator.itemgetter(1),
          operator.attrgetter("a"), itertools.count(), itertools.cycle([]), itertools.chain(), itertools.repeat(1), itertools.islice([], 1),
          threading.Lock(), threading.RLock(), io.FileIO("/dev/null"), list[int]]
for thing in things:
    print(type(thing).__name__, sys.getsizeof(thing))
print(*((c.__name__, c.__basicsize__, c.__itemsize__) for c in (Plain, Empty, Slots, WeakSlots, Text, Failure, Meta, Made, int, type, zip)))
class Once: pass
first = Once()
first.x = 1
print(sys.getsizeof(first.__dict__))
