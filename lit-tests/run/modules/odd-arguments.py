# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Arguments of library functions that are too large, of odd types, or change what is worked on: results and errors.
import _collections
import _thread
import contextvars
import ctypes
import errno
import io
import operator
import select
import sys
import time
import warnings
from collections import deque

warnings.simplefilter("ignore")

def show(f, *args):
    try:
        print("ok", f(*args))
    except BaseException as e:
        print(type(e).__name__, e)

for limit in 2**31, 2**40, 10**10, 2**63, 2**70, 0, -1, -2**31 - 1, 1.5, "a":
    show(sys.setrecursionlimit, limit)
for r in range(10**30), range(2**63), range(2**63 - 1), range(-2**63, 2**63):
    show(len, r)
    show(r.__len__)
    show(bool, r)

class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value

class Int(int):
    pass

show(lambda: [range(Index(True)), range(Index(False), Index(True)), range(Index(True)).stop, range(True).stop, type(range(Int(5)).stop),
              type(range(Index(Int(5))).stop), slice(Index(True)).indices(5), operator.index(Index(True))])
for year in 2**31, 2**31 - 1, 2**40, 10**12, -10**12, -2**31:
    show(time.mktime, (year, 1, 1, 0, 0, 0, 0, 0, 0))
    show(time.asctime, (year, 1, 1, 0, 0, 0, 0, 0, 0))
show(time.mktime, (2000, 2**31, 1, 0, 0, 0, 0, 0, 0))
show(time.mktime, (2000, -2**40, 1, 0, 0, 0, 0, 0, 0))
for number in 1024, 5000, 2**31, 2**70, -1:
    show(select.select, [number], [], [], 0)
    show(select.poll().register, number)
show(select.poll().register, 1, 2**16)
show(select.poll().register, 1, -1)

class Changes:
    def __init__(self, place):
        self.place = place

    def fileno(self):
        self.place.clear()
        return 1

place = [Changes(None)]
place[0].place = place
show(lambda: select.select([], place, [], 0)[1][0].fileno())

show(_thread.stack_size)
for size in 100, -1, 2**70, 65536:
    show(_thread.stack_size, size)
show(_thread.stack_size)
show(_thread.stack_size)
print(errno.errorcode[errno.EAGAIN], errno.errorcode[errno.EDEADLK], errno.errorcode[errno.ENOTSUP], len(errno.errorcode))
print(contextvars.Context, contextvars.ContextVar, contextvars.Token)

d = deque(range(5))
r = reversed(d)
next(r)
d.append(9)
show(next, r)
show(next, r)
show(r.__length_hint__)
i = iter(d)
next(i)
d.pop()
show(next, i)
show(next, i)
r = reversed(deque())
show(next, r)
d = deque([1])
r = reversed(d)
next(r)
d.clear()
show(next, r)
Forward, Backward = _collections._deque_iterator, _collections._deque_reverse_iterator
d = deque(range(5))
for make in Forward, Backward:
    for args in (d,), (d, 2), (d, 7), (d, -1):
        print(list(make(*args)))
    for args in ([], 2), (), (d, 1, 2), (d, "a"), (d, 2**70):
        show(make, *args)
    print(list(make(d, index=2)), list(make(d, foo=2)))

for args in (("builtins", "globals", "locals", "fromlist", 0), ("builtins", "globals", None, (), 0), ("builtins", "globals", None, (), 1),
             ("builtins", {}, None, (), 1), ("builtins", None, None, (), 1), ("os", {"__package__": 5}, None, (), 1), (5,),
             ("a", {}, {}, (), 2**70)):
    show(__import__, *args)

stream = io.TextIOWrapper.__new__(io.TextIOWrapper)
for name in "read", "readline", "flush", "close", "detach", "fileno", "tell", "__next__", "reconfigure":
    show(lambda: getattr(stream, name)())
for name in "encoding", "errors", "buffer", "closed", "_CHUNK_SIZE":
    show(lambda: getattr(stream, name))
decoder = io.IncrementalNewlineDecoder.__new__(io.IncrementalNewlineDecoder)
show(decoder.decode, "a")
show(decoder.getstate)
show(decoder.setstate, (b"", 0))
show(decoder.reset)
show(lambda: decoder.newlines)

class Sized:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n

    def __getitem__(self, i):
        if i < self.n:
            return i * 10
        raise IndexError

numbers = (ctypes.c_int * 10)(*range(10))
for value in iter([1, 2]), Sized(2), [1], [1, 2, 3], "ab", 5, None, range(2), {1, 2}, {1: 1, 2: 2}:
    show(operator.setitem, numbers, slice(2, 4), value)
    print(numbers[:5])
show(operator.getitem, numbers, 2**70)

class Changing:
    def __init__(self, change, answer):
        self.change, self.answer = change, answer

    def __eq__(self, other):
        self.change()
        return self.answer

for answer in True, False:
    for change in (lambda: d.popleft(), lambda: d.clear(), lambda: d.append(1), lambda: d.rotate(1)):
        d = deque([0, Changing(change, answer), 2, 3])
        show(d.remove, 7)
        print(len(d))
for number in 2**70, -2**70:
    show(d.insert, number, 1)
    show(io.StringIO().__setstate__, ("a", "\n", number, None))
    show(io.BytesIO().__setstate__, (b"a", number, None))
for size in "x", 1.5, 2**70, None, True:
    show(io.StringIO("abc").truncate, size)
    show(io.BytesIO(b"abc").truncate, size)
