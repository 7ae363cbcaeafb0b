# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Which objects of the library can be referred to weakly, and that the references notice their end.
import csv
import gc
import socket
import sqlite3
import ssl
import weakref


class Mine(ExceptionGroup):
    pass


class Both(sqlite3.Error, ValueError):
    pass


class Slotted(socket.gaierror):
    __slots__ = ()


connection = sqlite3.connect(":memory:")
makers = [
    lambda: ExceptionGroup("a", [ValueError()]),
    lambda: BaseExceptionGroup("a", [KeyboardInterrupt()]),
    lambda: ExceptionGroup("a", [ValueError(), KeyError()]).subgroup(KeyError),
    lambda: Mine("a", [ValueError()]),
    lambda: Both(1),
    lambda: Slotted(1, "b"),
    socket.gaierror, socket.herror, socket.timeout,
    sqlite3.Error, sqlite3.Warning, sqlite3.IntegrityError,
    ssl.SSLError, ssl.SSLEOFError, csv.Error,
    lambda: connection, connection.cursor,
]
for make in makers:
    thing = make()
    try:
        reference = weakref.ref(thing)
    except TypeError:
        print("refused")
        continue
    alive = reference() is thing
    del thing
    print(type(reference()).__name__, alive)

cycle = sqlite3.OperationalError("round")
cycle.self = cycle
gone = weakref.ref(cycle, lambda _: print("gone"))
del cycle
gc.collect()
print(gone())

for cls in (ExceptionGroup, BaseExceptionGroup, sqlite3.Error, socket.gaierror, ssl.SSLError, csv.Error):
    print(cls, cls.__basicsize__, cls.__weakrefoffset__, "__slots__" in vars(cls))
