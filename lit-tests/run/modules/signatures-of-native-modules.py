# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# __text_signature__ of functions and methods of native modules, but for where its lines end.
import _csv
import _hashlib
import _lzma
import _pickle
import _signal
import _sqlite3
import _tracemalloc
import cmath
import collections
import contextvars
import datetime
import decimal
import fcntl
import functools
import inspect
import itertools
import mmap
import posix
import resource
import select
import threading
import time
import zlib
import zoneinfo


def show(owner, names):
    for name in sorted(names):
        value = getattr(owner, name)
        try:
            shown = inspect.signature(value)
        except ValueError:
            shown = '-'
        print(owner.__name__, name, ' '.join(str(value.__text_signature__).split()), shown)


def callables(owner):
    return [name for name, value in vars(owner).items() if callable(value) and not name.startswith('_') and hasattr(value, '__text_signature__')]


for module in _csv, _lzma, _pickle, _signal, _tracemalloc, cmath, fcntl, resource, zlib, time:
    show(module, [name for name in callables(module) if not isinstance(getattr(module, name), type) and name != 'field_size_limit'])
show(_hashlib, ['new', 'openssl_md5', 'hmac_new', 'scrypt', 'compare_digest'])
show(posix, ['access', 'close', 'link', 'stat', 'utime', 'register_at_fork'])
show(select, ['select', 'poll'])
for owner in (_sqlite3.Connection, _sqlite3.Cursor, datetime.date, datetime.datetime, datetime.time, datetime.timedelta, decimal.Decimal,
              decimal.Context, mmap.mmap, zoneinfo.ZoneInfo, type(threading.Lock()), itertools.chain, itertools.groupby, collections.deque,
              functools.partial, contextvars.Context):
    show(owner, callables(owner))
for owner in enumerate, map, zip, filter, reversed, itertools.chain, itertools.repeat, functools.partial, collections.deque:
    show(owner, ['__reduce__'])
show(decimal, ['getcontext', 'setcontext', 'localcontext'])
import _decimal
print(_decimal.__name__, _decimal.__spec__.name, decimal.getcontext.__module__)
