# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Which classes of the library can be changed, which may be subclassed, and what their flags say of how CPython makes them.
import _json
import _random
import abc
import copyreg
import csv
import io
import os
import pickle
import re
import select
import sqlite3
import zlib

IMMUTABLE, HEAP, SUBCLASSABLE = 1 << 8, 1 << 9, 1 << 10


class Abstract(metaclass=abc.ABCMeta):
    pass


with os.scandir("/") as entries:
    classes = [type(Abstract._abc_impl), _json.make_encoder, _json.make_scanner, _random.Random, type(entries), os.DirEntry,
               type(select.poll()), select.epoll, type(zlib.compressobj()), type(zlib.decompressobj()), type(csv.reader([])),
               type(csv.writer(io.StringIO())), csv.Dialect, re.Pattern, re.Match, sqlite3.Connection, type(sqlite3.connect(":memory:")("")),
               os.stat_result, int, OSError, csv.Error]
for cls in classes:
    print(cls, cls.__module__, "__module__" in vars(cls), cls.__flags__ & (IMMUTABLE | HEAP | SUBCLASSABLE))
    try:
        cls.attribute = 1
        print(cls.attribute)
        del cls.attribute
    except TypeError as e:
        print(e)
    try:
        type("Derived", (cls,), {})
    except TypeError as e:
        print(e)
print(type(type(Abstract._abc_impl)()), type(type(csv.reader([]))()))


class Counted(type(csv.reader([]))):
    pass


print(Counted().dialect, Counted().line_num)
Random = _random.Random
Random.doubled = lambda self: 2 * self.random()
generator = Random(3)
same = Random(3)
print(generator.doubled() == 2 * same.random())
del Random.doubled
print(hasattr(generator, "doubled"))
for protocol in 0, 1:
    print(copyreg._reduce_ex(re.match("a", "a"), protocol)[0].__name__)
    try:
        print(pickle.dumps(re.match("a", "a"), protocol))
    except TypeError as e:
        print(e)
# The texts that say where a function or class is: one of each module, or of the class alone.
print(print.__module__ is len.__module__, print.__module__ is int.__module__, int.__module__ is str.__module__)
print(ExceptionGroup.__module__ is print.__module__, ExceptionGroup.__module__ is ValueError.__module__)
print(re.Match.__module__ is re.Pattern.__module__, re.Match.__module__ is re.Match.__module__)
for protocol in range(6):
    print(pickle.dumps([print, len, int, str, map(len, []), iter(range(3))], protocol))
