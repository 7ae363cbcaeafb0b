# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What natives say of a wrong number of arguments, of keywords, and of the first wrong argument of several.
import binascii
import codecs
import csv
import datetime
import io
import itertools
import json.decoder
import math
import struct
import time
import zlib

calls = [
    lambda: codecs.encode(5),
    lambda: codecs.encode(5, "latin-1"),
    lambda: codecs.utf_8_encode(b"a"),
    lambda: codecs.utf_16_encode(1),
    lambda: codecs.ascii_encode("a", 5),
    lambda: codecs.charmap_build(1),
    lambda: csv.reader(),
    lambda: csv.reader(1, 2, 3),
    lambda: csv.writer(),
    lambda: csv.writer(1, "no such dialect"),
    lambda: csv.writer(io.StringIO(), "no such dialect"),
    lambda: csv.register_dialect(),
    lambda: struct.pack("i", x=1),
    lambda: struct.Struct("i").pack(x=1),
    lambda: struct.pack_into("i", x=1),
    lambda: struct.pack([1], 1),
    lambda: struct.calcsize({}),
    lambda: struct.calcsize(5),
    lambda: struct.unpack_from("i", 5, "a"),
    lambda: binascii.hexlify(5, 5),
    lambda: zlib.compress(1, "a"),
    lambda: zlib.decompress("a", "a"),
    lambda: zlib.decompressobj().decompress("a", "a"),
    lambda: math.log(x=1),
    lambda: time.strptime(x=1),
    lambda: time.clock_gettime_ns(clk_id=1),
    lambda: datetime.date.fromordinal(),
    lambda: datetime.date.fromordinal(n=1),
    lambda: datetime.datetime.utcfromtimestamp(1, 2),
    lambda: datetime.datetime.strptime(),
    lambda: datetime.datetime.strptime("a", format="b"),
    lambda: json.decoder.c_scanstring("a"),
    lambda: memoryview(b"").__exit__(a=1),
    lambda: getattr(memoryview(b""), "__exit__")(a=1),
    lambda: io.StringIO().__exit__(a=1),
    lambda: property().__set_name__(a=1),
    lambda: itertools.combinations(1, "a"),
    lambda: itertools.combinations(1, 2**100),
    lambda: itertools.combinations_with_replacement(1, None),
    lambda: itertools.combinations(1, -1),
    lambda: itertools.permutations(1, -1),
    lambda: itertools.permutations([1], -1),
    lambda: itertools.permutations([1], 1.5),
    lambda: NameError(a=1),
    lambda: NameError(a=1, b=2),
    lambda: ImportError(a=1, b=2, c=3),
]
for call in calls:
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)
