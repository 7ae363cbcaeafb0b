# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What open() takes for a descriptor: anything with __index__; of other numbers and of those that are too large it says that they are no paths. sys.getsizeof() wants an int.
import io
import os
import sys


class Index:
    def __repr__(self):
        return type(self).__name__

    def __init__(self, number):
        self.number = number

    def __index__(self):
        return self.number


class IndexAndPath(Index):
    def __fspath__(self):
        return "/nowhere/at/all"


class Failing(IndexAndPath):
    def __index__(self):
        raise KeyError("index")


class Number:
    def __repr__(self):
        return type(self).__name__

    def __int__(self):
        return 1


class NumberAndPath(Number):
    def __fspath__(self):
        return "/nowhere/at/all"


r, w = os.pipe()
with open(Index(w), "w") as f:
    f.write("text")
with io.FileIO(IndexAndPath(r)) as f:
    print(f.read(), type(f.name).__name__)

for make in (open, io.FileIO):
    for name in (Index(9999), Index(-1), Index(2**40), IndexAndPath(9999), Failing(1), Number(), NumberAndPath(), 1.5, 2**70, -5, 9999, None, b"/nowhere"):
        try:
            make(name)
        except Exception as e:
            print(make.__name__, type(e).__name__, e)


class Sized:
    def __init__(self, size):
        self.size = size

    def __sizeof__(self):
        return self.size


for size in (10, True, -1, "s", 1.5, None, 2**70, Index(1)):
    for default in ((), (0,)):
        try:
            print(sys.getsizeof(Sized(size), *default) > 0)
        except Exception as e:
            print(type(e).__name__, e)
