# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# What a program leaves behind is heard of at its end, as far as there is anything to hear.
import sys
import weakref

if len(sys.argv) == 1:
    import os
    import re
    import subprocess
    import tempfile

    with open(__file__) as f:
        cases = re.findall('^(?:el)?if case == "([a-z-]*)"', f.read(), re.M)
    with tempfile.TemporaryDirectory() as folder:
        for name in cases:
            done = subprocess.run([sys.executable, __file__, name, folder], capture_output=True, text=True, errors="replace")
            print("==", name, done.returncode)
            print(re.sub("(?m)^.*(?=Warning:)|0x[0-9a-f]+|fd=[0-9]+|<posix.ScandirIterator.*?>", "", done.stdout + done.stderr), end="")
        for name in os.listdir(folder):
            with open(os.path.join(folder, name)) as f:
                print(name, f.read(), end="")
    sys.exit()
case = sys.argv[1]
kept = []


class Slot:
    __slots__ = ("n",)

    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("slot", self.n)


class Plain:
    def __init__(self, n):
        self.n = n


class Loose(Plain):
    def __del__(self):
        print("loose", self.n)


class Late(Plain):
    pass


class Meta(type):
    def __del__(cls):
        print("class", cls.__name__)


def steps():
    try:
        yield 1
    finally:
        print("closed")


def quiet():
    with_text = "text"
    yield with_text
    print("never")


async def task():
    print("never")


if case == "slot":
    kept.append((1, {"a": [Slot(1)]}))
elif case == "loose":
    kept = Loose(2)
elif case == "late":
    kept = Late(3)
    Late.__del__ = lambda self: print("late", self.n)
elif case == "inherited":
    class Below(Loose):
        pass
    kept = Below(4)
elif case == "weakref":
    kept = [Plain(1)]
    other = weakref.ref(kept[0], lambda r: print("callback"))
elif case == "finalize":
    kept = [Plain(1)]
    weakref.finalize(kept[0], print, "finalized")
elif case == "generator":
    kept = steps()
    next(kept)
elif case == "quiet":
    kept = quiet()
    print(next(kept))
elif case == "coroutine":
    kept = task()
elif case == "metaclass":
    class Made(metaclass=Meta):
        pass
elif case == "file":
    import os
    import tempfile
    name = os.path.join(sys.argv[2], "out.txt")
    kept = open(name, "w")
    kept.write("written at the end\n")
elif case == "duplicate":
    import os
    kept = os.fdopen(os.dup(1), "wb")
    kept.write(b"written at the end\n")
elif case == "replaced":
    import io
    sys.stdout = io.TextIOWrapper(open(sys.stdout.fileno(), "wb", closefd=False))
    print("through another stream")
elif case == "writer":
    class Writer:
        def write(self, text):
            sys.__stdout__.write(text.upper())

        def flush(self):
            sys.__stdout__.write("flushed\n")
    sys.stdout = Writer()
    print("text")
elif case == "local":
    import threading
    kept = threading.local()
    kept.value = Loose(5)
elif case == "closure":
    def outer():
        held = Slot(6)
        return lambda: held
    kept = outer()
elif case == "default":
    def function(a=Slot(7)):
        return a
elif case == "exception":
    try:
        raise ValueError(Slot(8))
    except ValueError as e:
        kept = e
elif case == "cycle":
    kept = [Loose(9)]
    kept.append(kept)
    del kept
elif case == "module":
    import types
    sys.modules["made"] = types.ModuleType("made")
    sys.modules["made"].kept = Slot(10)
elif case == "builtins":
    import builtins
    builtins.kept = Slot(11)
elif case == "atexit":
    import atexit
    kept = [1]
    atexit.register(lambda: kept.append(Slot(12)))
elif case == "future":
    import asyncio
    loop = asyncio.new_event_loop()
    kept = loop.create_future()
    kept.set_exception(ValueError("nobody looked"))
    loop.close()
elif case == "callbacks":
    import gc
    gc.callbacks.append(lambda phase, info: print(phase))
elif case == "buffered":
    import io

    class Raw(io.RawIOBase):
        def writable(self):
            return True

        def write(self, data):
            print("raw", bytes(data))
            return len(data)
    kept = io.BufferedWriter(Raw())
    kept.write(b"bytes")
elif case == "memory":
    import io
    kept = io.StringIO("text")
elif case == "memory-below":
    import io

    class Text(io.StringIO):
        def close(self):
            print("closes")
            super().close()
    kept = Text()
elif case == "async-generator":
    async def items():
        try:
            yield 1
        finally:
            print("closed")
    kept = items()
    try:
        kept.__anext__().send(None)
    except StopIteration as e:
        print(e.value)
elif case == "scandir":
    import os
    import warnings
    warnings.simplefilter("always")
    kept = os.scandir("/")
    next(kept)
elif case == "socket":
    import socket
    import warnings
    warnings.simplefilter("always")
    kept = socket.socket()
elif case == "frozen":
    import gc
    kept = Loose(13)
    gc.freeze()
elif case == "disabled":
    import gc
    gc.disable()
    kept = Loose(14)
elif case == "weak-tables":
    kept = [Plain(n) for n in range(3)]
    tables = [weakref.WeakSet(kept), weakref.WeakValueDictionary(enumerate(kept)), weakref.WeakKeyDictionary((k, k.n) for k in kept)]
    print([len(t) for t in tables])
elif case == "weak-value":
    kept = [Plain(1)]
    table = weakref.WeakKeyDictionary({kept[0]: Loose(16)})
elif case == "own-remove":
    def WeakSet():
        def _remove(reference):
            print("removed")
        return _remove
    kept = [Plain(1)]
    sys.other = weakref.ref(kept[0], WeakSet())
elif case == "logger":
    import logging
    logging.getLogger("a").addHandler(logging.StreamHandler(sys.stdout))
    logging.getLogger("a").error("said")
elif case == "memory-closes":
    import io
    kept = io.StringIO("text")
    kept.close = lambda: print("closes")
elif case == "memory-plainly-below":
    import io

    class Text(io.StringIO):
        def write(self, text):
            return 0
    kept = Text()
elif case == "memory-closed":
    import io

    class Text(io.BytesIO):
        @property
        def closed(self):
            print("asked")
            return False
    kept = Text()
elif case == "closed-file":
    kept = open(__file__)
    kept.close()
elif case == "scandir-closed":
    import os
    with os.scandir("/") as kept:
        next(kept)
    names = [entry.name for entry in os.scandir("/")]
elif case == "database":
    import sqlite3
    kept = sqlite3.connect(":memory:")
    kept.execute("create table t(a)")
    kept.create_function("f", 1, Slot(17).__class__)
elif case == "late-file":
    import os

    class Writes:
        open = open
        name = os.path.join(sys.argv[2], "late.txt")

        def __del__(self):
            global late
            late = Writes.open(self.name, "w")
            late.write("by a finalizer\n")
    kept = Writes()
elif case == "back":
    class Back(Plain):
        def __del__(self):
            sys.kept = self
            print("back", self.n)
    kept = [Back(1), Slot(18)]
elif case == "several":
    kept = [Loose(19), Plain(Slot(20)), {"a": Loose(21)}]
    kept[0].next = kept
elif case == "gc":
    import gc
    gc.collect()
elif case == "exit":
    kept = Loose(15)
    sys.exit(3)
print("end of", case)
