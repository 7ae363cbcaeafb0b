# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Names that only a compiled text had go with it; so do classes of arrays of a length that is no longer used.
import collections
import ctypes
import dataclasses
import gc
import itertools
import sys

new = itertools.count()


class Box: pass


def text(): exec(f"global_{next(new)} = {{}}\ndef function_{next(new)}(parameter_{next(new)}):\n    def inner(): return parameter_{next(new)}\n", {})
def attribute(): exec(f"box.attribute_{next(new)} = box.method_{next(new)} = 1", {"box": Box()})
def fields(): collections.namedtuple("T", [f"field_{next(new)}"])
def data(): dataclasses.make_dataclass("T", [f"field_{next(new)}"])
def array(): (ctypes.c_int * next(new))()
def buffer(): ctypes.create_string_buffer(next(new))


def blocks():
    for _ in range(3):
        gc.collect()
    return sys.getallocatedblocks()


for f, often in (text, 1000), (attribute, 1000), (fields, 100), (data, 100), (array, 100), (buffer, 100):
    growth = []
    for _ in range(10):  # caches fill up at first
        for _ in range(often):
            f()
        growth.append(blocks())
    print(f.__name__, min(b - a for a, b in zip(growth, growth[1:])) < often / 2)
made = ctypes.c_int * 77
print(made is ctypes.c_int * 77, made.__name__, id(made) == id(ctypes.c_int * 77))
del made
print((ctypes.c_int * 77)(1, 2)[:3])
