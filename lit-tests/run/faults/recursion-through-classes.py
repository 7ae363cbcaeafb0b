# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Making an object of a builtin class is a level of recursion, unless CPython makes it by a vector call; so are builtin functions
# that take one object, or a tuple. A partial is none.
import functools
import sys

sys.setrecursionlimit(200)


class Endless:
    def __int__(self):
        return counted(int, self)

    def __bytes__(self):
        return counted(bytes, self)

    def __complex__(self):
        return counted(complex, self)

    def __float__(self):
        return counted(float, self)

    def __iter__(self):
        return counted(iter, counted(self.make, self))


def counted(function, *args):
    global count
    count += 1
    return function(*args)


def attempt(name, function, *args):
    global count
    count = 0
    try:
        function(*args)
    except RecursionError:
        print(name, count)


for cls in (int, bytes, complex, float):
    attempt(cls.__name__, cls, Endless())
for cls in (list, tuple, set, frozenset, dict, bytearray, enumerate):
    o = Endless()
    o.make = cls
    attempt(cls.__name__, cls, o)


def again(function):
    def f(x):
        global count
        count += 1
        return function(map(f, (x,)))

    return f


for function in (any, all, max, min, "".join, b"".join, [].extend, set().update, {}.update, bytearray().extend, list):
    attempt(function.__name__, again(function), 1)


def once(x, *args, **kwargs):
    global count
    count += 1
    return p(*args)


class Callable:
    def __call__(self):
        return counted(p)


for p in (functools.partial(once, 1), functools.partial(functools.partial(once), 1)):
    attempt("partial", p)
p = functools.partial(once, 1, k=2)
attempt("partial with keywords", p)
p = functools.partial(int, Endless())
attempt("partial of a class", p)
p = functools.partial(Callable())
attempt("partial of an instance", p)
