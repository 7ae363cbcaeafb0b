# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# sys.addaudithook: what its functions are told of, in which order, and what they can refuse.
import gc
import marshal
import mmap
import os
import pickle
import socket
import sqlite3
import sys
import ctypes
import tempfile

seen = None
refused = ()


def hook(event, arguments):
    if seen is not None:
        seen.append((event, arguments))
        if event in refused:
            raise RuntimeError(f"refused: {event}")


sys.addaudithook(hook)


def show(value):
    return value if isinstance(value, (int, str, bytes, tuple, type(None))) else type(value).__name__


def told(function, *arguments, only=None, refuse=()):
    global seen, refused
    seen, refused = [], refuse
    try:
        result = None
        function(*arguments)
    except Exception as e:
        result = f"{type(e).__name__}: {e}"
    events, seen = seen, None
    for event, parts in events:
        if only is None or event.startswith(only):
            print(event, *[show(p) for p in parts])
    if result:
        print(result)


folder = tempfile.mkdtemp()
os.chdir(folder)
told(sys.audit, "mine", 1, "b")
told(sys.audit)
told(sys.audit, 5)
told(open, "x", "wb", only="open")
told(open, "x", refuse=("open",))
told(os.open, "x", os.O_RDONLY)
told(os.mkdir, "d")
told(os.mkdir, "e", 0o700)
told(os.rename, "d", "f")
told(os.rmdir, "f", refuse=("os.rmdir",))
told(os.listdir)
told(os.listdir, "f")
told(os.chmod, "f", 0o755)
told(os.symlink, "f", "g")
told(os.remove, "g")
told(os.truncate, "x", 0)
told(os.utime, "x", (1, 2))
told(os.rmdir, "f")
told(os.rmdir, "e")
told(os.system, "true")
told(os.putenv, "A", "b")
told(os.kill, os.getpid(), 0, only="os.killx")
told(eval, "1 + 1")
told(exec, "pass")
told(exec, compile("pass", "f", "exec"))
told(compile, "1", "f", "eval")


def f(a=1):
    return a


told(lambda: f.__code__)
told(lambda: f.__defaults__)
told(setattr, f, "__code__", f.__code__)
told(setattr, f, "__defaults__", (2,), refuse=("object.__setattr__",))
told(delattr, f, "__defaults__")


class A:
    pass


class B:
    pass


a = A()
told(setattr, A, "__name__", "C")
told(setattr, a, "__class__", B)
told(setattr, A, "x", 1)
told(lambda: (x for x in ()).gi_code)
told(lambda: sys._getframe().f_code)
told(sys.settrace, None)
told(gc.get_objects, 1)
told(gc.get_referents, [1])
told(marshal.dumps, [1])
told(marshal.loads, b"N")
told(pickle.loads, pickle.dumps(os.getcwd), only="pickle")
told(pickle.loads, pickle.dumps(os.getcwd), only="pickle", refuse=("pickle.find_class",))
told(mmap.mmap, -1, 8)
told(socket.gethostname)
told(socket.getaddrinfo, "127.0.0.1", 80, only="socket")
s = socket.socket()
told(s.bind, ("127.0.0.1", 0))
told(s.connect, ("127.0.0.1", 1), refuse=("socket.connect",))
s.close()
told(sqlite3.connect, ":memory:")
told(ctypes.CDLL, None, only="ctypes")
told(sys.addaudithook, print, refuse=("sys.addaudithook",))
told(__import__, "colorsys", only="import")
os.remove("x")
os.chdir("/")
os.rmdir(folder)
