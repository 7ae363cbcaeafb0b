# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What inspect knows of calling types of native modules, and which of them may be derived from.
import _queue
import csv
import decimal
import functools
import hashlib
import inspect
import io
import itertools
import json
import lzma
import sqlite3
import types
import zoneinfo

for t in (
    itertools.count, itertools.cycle, itertools.repeat, itertools.chain, itertools.accumulate, itertools.compress, itertools.dropwhile,
    itertools.takewhile, itertools.filterfalse, itertools.starmap, itertools.islice, itertools.pairwise, itertools.groupby, itertools.product,
    itertools.combinations, itertools.combinations_with_replacement, itertools.permutations, itertools.zip_longest, type(itertools.tee("")[0]),
    hashlib.blake2b, hashlib.blake2s, io.BufferedReader, io.BufferedRWPair, io.TextIOWrapper, io.StringIO, lzma.LZMACompressor,
    lzma.LZMADecompressor, _queue.SimpleQueue, memoryview, types.CodeType, types.CellType, types.MethodType, types.MappingProxyType,
    types.FunctionType, types.ModuleType, decimal.Decimal, zoneinfo.ZoneInfo, functools.partial,
):
    try:
        signature = inspect.signature(t)
    except ValueError as e:
        signature = e
    print(t.__name__, "|", signature)
print(decimal.Decimal.__text_signature__, io.BufferedReader.__text_signature__)

for t in (hashlib.blake2b, hashlib.blake2s, type(hashlib.md5()), type(hashlib.shake_128()), functools.partial, type(functools.lru_cache(len)), json.scanner.c_make_scanner,
          json.encoder.c_make_encoder, sqlite3.PrepareProtocol, sqlite3.Row, itertools.count, type(itertools.tee("")[0]), csv.Dialect, zoneinfo.ZoneInfo):
    try:
        print(type("Derived", (t,), {}).__mro__[1:])
    except TypeError as e:
        print(e)
