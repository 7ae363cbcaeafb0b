# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Errors and edges of native library functions, in CPython's words.
import collections
import copy
import heapq
import io
import itertools
import math
import pickle
import struct
import zlib


def show(function, *args, **keywords):
    try:
        print(function(*args, **keywords))
    except Exception as e:
        print(type(e).__name__, e)


show(collections.deque([1, 2]).remove, 5)
show(heapq.heapify, (3, 1))
show(heapq.heappush, None, 1)
show(heapq.heappop, "x")
show(heapq.heappushpop, (), 1)
show(math.log)
show(math.log, 1, 2, 3)
show(math.gcd, a=1)
show(copy.copy, memoryview(b"x"))
show(pickle.dumps, memoryview(b"x"))
show(zlib.crc32, b"abc", 1.5)
show(zlib.crc32, b"abc", "x")
show(zlib.adler32, memoryview(b"abcd")[::2], None)
show(zlib.crc32, b"abc", -1)
print(next(itertools.count(True)), next(itertools.count(True, 2)), itertools.count(True))
print(io.StringIO("ab\ncd\nef\n").readlines(3), io.StringIO("ab\ncd\nef\n").readlines(2), io.BytesIO(b"ab\ncd\nef\n").readlines(3))
for types in list[int] | str, int | list[str], int | None | list[int]:
    for value in "", 1, [], None:
        show(isinstance, value, types)
        show(issubclass, type(value), types)
for order in "@<>":
    for code in "bBhHiIqQnefd?":
        for value in -(10**30), 10**30, 10**400, 70000, -1, 2**63, 2**64, 300, "x", 1e40:
            if code != "n" or order == "@":
                show(struct.pack, order + code, value)
