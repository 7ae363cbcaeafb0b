# RUN: krait run %s | diff %s.out -
# What functions in C++ must not take: None for data, dicts for sequences, text with NUL for names, other things than integers for flags.
import bisect
import codecs
import collections
import gc
import grp
import hashlib
import io
import math
import multiprocessing.synchronize
import os
import socket
import sys
import threading
import unicodedata
import zlib
from _multiprocessing import SemLock
from xml.parsers import expat


def tell(what):
    try:
        print(ascii(what()))
    except Exception as error:
        print(type(error).__name__, ascii(str(error)))


for make in (hashlib.md5, hashlib.sha256, hashlib.sha3_256, hashlib.blake2b, hashlib.shake_128):
    tell(lambda: make(None))
tell(lambda: hashlib.new("sha1", None))
print(hashlib.md5().hexdigest())

for flag in ("x", None, 1.5, 2**40, []):
    tell(lambda: threading.Lock().acquire(flag))
    tell(lambda: threading.RLock().acquire(flag))
print(threading.Lock().acquire(5))

tell(lambda: bisect.bisect_left({}, 3))
tell(lambda: bisect.bisect_right({1: 2}, 3))
tell(lambda: bisect.insort(collections.OrderedDict(), 3))
tell(lambda: math.comb(3, None))
tell(lambda: math.perm(3, None))
tell(lambda: zlib.decompressobj(zdict=3))
tell(lambda: zlib.decompressobj(zdict=None))
tell(lambda: zlib.compressobj(3, 3, 3, 3, 3, 3))
print(type(zlib.compressobj(zdict=b"abc")).__name__, type(zlib.decompressobj(zdict=b"abc")).__name__)

empty, one = collections.OrderedDict(), collections.OrderedDict(a=1)
for d in (empty, one):
    tell(lambda: d.move_to_end([]))
    tell(lambda: d.pop([]))
    tell(lambda: d.pop([], 5))
tell(lambda: one.pop("a"))

for find in (socket.getservbyname, socket.getprotobyname, socket.inet_aton):
    tell(lambda: find("127.0.0.1\0x"))
tell(lambda: socket.inet_pton(socket.AF_INET, "127.0.0.1\0x"))
for number in (2**70, -2**70, -2):
    tell(lambda: grp.getgrgid(number))

for text in ("\ud800", "no such character"):
    tell(lambda: unicodedata.lookup(text))
for decode in (codecs.escape_decode, codecs.unicode_escape_decode, codecs.raw_unicode_escape_decode, codecs.readbuffer_encode):
    tell(lambda: decode("\ud800"))
tell(lambda: codecs.escape_encode(b"", 3))

tell(lambda: gc.get_referents(other=1))
tell(lambda: io.BytesIO()._checkClosed(1, 2, 3))
tell(lambda: io.BufferedReader(io.BytesIO(b"a")).seek(2**70))
tell(lambda: sys.intern(None))
for path in (None, 1.5):
    tell(lambda: os.getxattr(path, "a"))
    tell(lambda: os.removexattr(path, "a"))
tell(lambda: expat.ParserCreate("a\0b"))
tell(lambda: expat.ParserCreate(None, "a\0"))
tell(lambda: SemLock._rebuild("x", 1, 1, None))
tell(lambda: SemLock._rebuild(0, 1, 1, 3))
tell(lambda: SemLock._rebuild(0, 1, 1, "a\0b"))
tell(lambda: max(1, 2, key=None, default=3, other=4))
tell(lambda: min([1], key=len, other=4))
