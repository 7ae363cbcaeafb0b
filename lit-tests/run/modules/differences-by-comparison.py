# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Small differences of the library, found by comparing many calls: what numbers' texts may begin and end with, states of iterators, zones that
# are not known, statements of sqlite3, what error handlers of CJK codecs must give, dicts of local objects, code that is replaced.
import codecs
import itertools
import pickle
import sqlite3
import threading
import time
from datetime import datetime


def show(f, *args, **named):
    try:
        print(f(*args, **named))
    except Exception as e:
        print(type(e).__name__, e)


# The separators among the ASCII characters are spaces to str, and none to numbers.
for text in "\x1c5", "5\x1f", "\x1d٣", "\t5\n", "\x0b\x0c5\r", "\u20035", "\x85\u0665":
    for make in int, float, complex:
        show(make, text)
    show(int, text, 16)
for data in b"\x1c5", b"5\x1f", bytearray(b"\x1d5"), b" 5\n":
    show(int, data)
    show(float, data)

# States.
cycle = itertools.cycle("ab")
print(cycle.__reduce__()[2])
next(cycle)
print(cycle.__reduce__()[2])
next(cycle), next(cycle)
print(cycle.__reduce__()[2])
for make in itertools.takewhile, itertools.dropwhile:
    made = make(bool, [1, 0, 1])
    print(made.__reduce__()[2])
    print(list(made), made.__reduce__()[2])
    print(pickle.dumps(make(bool, []), 2))

# The zone's name, where nobody knows whether it is summer.
for isdst in -5, -1, 0, 1, 2:
    print(isdst, repr(time.strftime("%Z|%5Z|%#Z", (2021, 2, 3, 4, 5, 6, 0, 34, isdst))) if isdst < 0 else "")
print(repr(time.strftime("%Z", datetime(2021, 2, 3).timetuple())), repr(datetime(2021, 2, 3).strftime("%3Z|%#Z")))

# What calling a connection gives.
connection = sqlite3.connect(":memory:")
for arguments in ("select 1",), ("",), ("select 1; select 2",), ("nope",), ("select 1", 2), (), (1,), ("a\0b",):
    show(lambda: type(connection(*arguments)))
show(lambda: connection(sql="select 1"))
show(type(connection("select 1")))
connection.close()
show(connection, "select 1")

# Handlers.
codecs.register_error("nothing", lambda e: 3)
codecs.register_error("surrogate", lambda e: ("\udc80", e.end))
codecs.register_error("letters", lambda e: ("xy", e.end))
for encoding in "shift_jis", "euc_kr", "gbk", "big5", "iso2022_jp", "ascii":
    for handler in "nothing", "surrogate", "letters":
        show("a\u20ac\U0001f600".encode, encoding, handler)

# A local object has a dict, and no descriptor of it.
local = threading.local()
local.x = 1
print(local.__dict__, vars(local), dir(local)[-1])
show(object.__getattribute__, local, "__dict__")
print("__dict__" in vars(type(local)))
show(setattr, local, "__dict__", {})

# Numbers of code objects that are none.
code = (lambda a: 1).__code__
for name in "argcount", "posonlyargcount", "kwonlyargcount", "nlocals", "stacksize", "flags", "firstlineno":
    show(code.replace, **{"co_" + name: -1})


# How many arguments athrow() has is looked at when they are thrown.
async def numbers():
    yield 1


thrown = numbers().athrow()
show(thrown.send, None)
