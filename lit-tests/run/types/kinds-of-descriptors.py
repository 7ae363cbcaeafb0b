# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What stands in the dicts of builtin types: members where CPython has words, getsets where it has functions, and
# `__module__` and `__weakref__` where it makes the type at run time.
import array
import ast
import collections
import csv
import functools
import io
import itertools
import operator
import os
import random
import re
import socket
import sqlite3
import struct
import sys
import time
import types


def counting():
    yield 1


async def waiting():
    pass


async def counting_asynchronously():
    yield 1


coroutine = waiting()
coroutine.close()
kinds = {types.MemberDescriptorType: "member", types.GetSetDescriptorType: "getset"}
for t in (type, slice, range, super, classmethod, staticmethod, property, complex, types.FunctionType, types.MethodType,
          types.CodeType, types.FrameType, types.TracebackType, types.ModuleType, types.SimpleNamespace, types.GeneratorType,
          type(coroutine), type(counting_asynchronously()), types.CellType, types.BuiltinFunctionType,
          types.WrapperDescriptorType, types.MethodWrapperType, types.MethodDescriptorType, types.ClassMethodDescriptorType,
          types.GetSetDescriptorType, types.MemberDescriptorType, types.MappingProxyType, types.UnionType,
          type(sys.version_info), type(sys.flags), type(sys.float_info), os.stat_result, time.struct_time, os.terminal_size,
          io.FileIO, io.BufferedReader, io.BufferedWriter, io.TextIOWrapper, csv.Dialect, sqlite3.Connection, re.Pattern, re.Match,
          BaseException, OSError, StopIteration, SystemExit, ImportError):
    print(t.__name__, *(f"{name}:{kinds[type(value)]}" for name, value in sorted(vars(t).items()) if type(value) in kinds))

print([t.__name__ for t in (
    int, type, slice, collections.deque, collections.defaultdict, itertools.count, functools.partial, operator.itemgetter,
    random._random.Random, re.Pattern, re.Match, struct.Struct, array.array, os.stat_result, os.DirEntry, time.struct_time,
    type(sys.flags), sqlite3.Connection, sqlite3.Error, sqlite3.OperationalError, socket.gaierror, socket.socket.__base__,
    io.FileIO, ExceptionGroup, BaseExceptionGroup, OSError, ast.AST) if "__module__" in vars(t)])
print([t.__name__ for t in (sqlite3.Error, sqlite3.OperationalError, sqlite3.Warning, socket.herror, socket.gaierror, ExceptionGroup,
                            OSError, ast.AST, ast.expr, ast.Name, ast.alias) if "__weakref__" in vars(t)])


def attempt(f, *arguments):
    try:
        print(repr(f(*arguments)))
    except Exception as e:
        print(type(e).__name__, e)


class Plain:
    pass


def function():
    pass


# What is said of assignments.
frame = sys._getframe()
for o, name in ((function.__code__, "co_name"), (slice(1), "start"), (range(3), "stop"), (counting(), "gi_code"), (re.compile("a"), "flags"),
                (os.stat("/"), "st_mode"), (sys.version_info, "major"), (staticmethod(function), "__func__"), (Plain, "__mro__"),
                (Plain, "__basicsize__"), (int, "__base__"), (io.BytesIO(), "closed"), (sys, "__dict__"), (types.SimpleNamespace(), "__dict__"),
                (int.__add__, "__name__"), ((1).__add__, "__self__"), (type.__dict__["__mro__"], "__objclass__"), (super(Plain, Plain()), "__self__"),
                (frame, "f_code"), (io.BufferedReader(io.BytesIO()), "raw"), (io.TextIOWrapper(io.BytesIO()), "encoding")):
    attempt(setattr, o, name, 1)
    attempt(delattr, o, name)
attempt(setattr, frame, "f_trace_lines", 1)
attempt(setattr, frame, "f_trace_lines", False)
attempt(delattr, frame, "f_trace_opcodes")
print(frame.f_trace_lines, frame.f_trace_opcodes)
attempt(types.CodeType.co_name.__get__, function.__code__)
attempt(types.CodeType.co_name.__get__, function)
attempt(type.__dict__["__mro__"].__get__, Plain)
attempt(type.__dict__["__mro__"].__set__, int, 1)
print(types.CodeType.co_name, type.__dict__["__base__"], os.stat_result.st_size, time.struct_time.tm_zone)
attempt(types.GetSetDescriptorType.__reduce__, type.__dict__["__name__"])
