# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Native exceptions and named tuples that CPython makes at run time get attributes and methods; others and the rest refuse them.
import csv
import decimal
import functools
import os
import socket
import sqlite3
import sys
import time
import zlib

for cls in (socket.gaierror, socket.herror, sqlite3.Error, sqlite3.OperationalError, csv.Error, zlib.error, ExceptionGroup,
            time.struct_time, os.stat_result, os.terminal_size, os.times_result, os.sched_param):
    cls.noted = cls.__name__
    print(cls.noted, "noted" in vars(cls), end=" ")
    del cls.noted
    print(hasattr(cls, "noted"))
for cls in (ValueError, type(sys.version_info), type(sys.flags), decimal.Decimal, functools.partial, sqlite3.Row, BaseExceptionGroup,
            socket.timeout, OSError, tuple):
    try:
        cls.noted = 1
    except TypeError as e:
        print(e)

now = time.struct_time((2020, 2, 3, 4, 5, 6, 0, 34, 0))
time.struct_time.year = property(lambda self: self.tm_year + 1)
time.struct_time.shown = lambda self, sign="-": sign.join(map(str, self[:3]))
print(now.year, now.shown(), now[1], now.tm_mon)
time.struct_time.tm_mon = 77
print(now.tm_mon, now[1])

sqlite3.Error.code = 7
sqlite3.Error.told = lambda self: "told " + self.args[0]
try:
    sqlite3.connect(":memory:").execute("select nothing from nowhere")
except sqlite3.Error as e:
    print(type(e).__name__, e, e.code, e.told())
    e.code = 8
    print(e.code, sqlite3.OperationalError.code)


class Kept(socket.gaierror):
    pass


socket.gaierror.given = property(lambda self: self.args)
print(Kept(1, "a").given, socket.gaierror(2, "b").given)
del socket.gaierror.given
print(hasattr(Kept(1, "a"), "given"))
ExceptionGroup.count = lambda self: len(self.exceptions)
print(ExceptionGroup("g", [ValueError(), KeyError()]).count())
