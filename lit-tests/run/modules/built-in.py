# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What the modules say of themselves that are built into CPython's executable.
import sys
print(sys, sys.__spec__, sys.__loader__, [sys.__package__], hasattr(sys, "__file__"))
print(sys.__spec__.name, sys.__spec__.origin, sys.__spec__.has_location, [sys.__spec__.parent], sys.__spec__.cached)
import _abc, _ast, _bisect, _blake2, _codecs, _collections, _csv, _datetime, _elementtree, _functools, _heapq, _imp, _io, _locale
import _md5, _operator, _pickle, _posixsubprocess, _random, _sha1, _sha256, _sha3, _sha512, _signal, _socket, _sre, _stat, _statistics
import _string, _struct, _symtable, _thread, _tracemalloc, _warnings, _weakref, array, atexit, binascii, builtins, cmath, errno
import faulthandler, fcntl, gc, grp, itertools, marshal, math, posix, pwd, pyexpat, select, syslog, time, unicodedata, zlib
for name in sorted(name for name, value in globals().items() if type(value) is type(sys)):
    module = globals()[name]
    print(module, module.__spec__.origin, module.__loader__.__name__, [module.__package__], name in sys.builtin_module_names)
import importlib.util
print(sys, sys.__spec__, importlib.util.find_spec("sys"), importlib.util.find_spec("sys") is sys.__spec__)
