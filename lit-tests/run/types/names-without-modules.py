# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Classes of the runtime's own in messages and reprs: some name them without their module; subclasses show their own name; what numbers of derived
# classes give is warned of, and formatted by their own __float__.
import collections
import datetime
import itertools
import math
import operator
import os
import warnings


class Path:
    def __fspath__(self):
        return collections.deque()


for f in (os.fspath, os.stat, os.scandir, os.system, os.mkdir, open):
    for given in (collections.deque(), datetime.date(2020, 1, 1)):
        try:
            f(given)
        except TypeError as e:
            print(e)
for call in (
    lambda: os.fspath(Path()),
    lambda: os.stat(1, follow_symlinks=False),
    lambda: print(os.stat(0, follow_symlinks=False) == os.stat(0)),
    lambda: os.waitstatus_to_exitcode(127),
    lambda: os.waitstatus_to_exitcode(0x17F),
    lambda: os.stat(".", dir_fd=collections.deque()),
    lambda: os.setuid(collections.deque()),
):
    try:
        call()
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)


class Count(itertools.count):
    pass


class Repeat(itertools.repeat):
    pass


print(Count(123), Count(1, 2), Repeat("foobar"), Repeat("x", 3), itertools.count(2), itertools.repeat(1))
print(type("Deque", (collections.deque,), {})([1]), type("Ordered", (collections.OrderedDict,), {})(a=1), type("Set", (frozenset,), {})([1]))


class Int(int):
    def __float__(self):
        return 42.5


class Float(float):
    pass


class Complex(complex):
    pass


class Number:
    def __index__(self):
        return Int(3)

    __int__ = __index__

    def __float__(self):
        return Float(3)

    def __complex__(self):
        return Complex(3)


print(format(Int(2), "g"), "%g" % Int(2), f"{Int(2):.2f}", "{:e}".format(Int(3)), "%.1f" % Int(2), "%d" % Int(2), format(True, "g"), format(7, ".1%"))
with warnings.catch_warnings(record=True) as found:
    warnings.simplefilter("always")
    for f in (operator.index, int, float, complex, hex, math.sqrt, [1, 2, 3, 4].__getitem__):
        f(Number())
    for warning in found:
        print(warning.message)
