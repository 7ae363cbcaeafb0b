# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Builtin functions of one argument are a level of recursion each, where they call methods of the program.
import sys

sys.setrecursionlimit(200)


class Endless:
    def __hash__(self):
        return counted(hash, self)

    def __abs__(self):
        return counted(abs, self)

    def __index__(self):
        return counted(hex, self)

    def __dir__(self):
        return counted(dir, self)

    def __repr__(self):
        return counted(repr, self)

    def __bool__(self):
        return counted(bool, self)

    def __reversed__(self):
        return counted(reversed, self)


def counted(function, o):
    global count
    count += 1
    return function(o)


def key(x):
    global count
    count += 1
    return [x].sort(key=key)


for function in (hash, abs, hex, oct, bin, dir, repr, ascii, bool, reversed):
    count = 0
    try:
        function(Endless())
    except RecursionError as e:
        print(function.__name__, count, e)
count = 0
try:
    key(1)
except RecursionError as e:
    print("sort", count, e)
