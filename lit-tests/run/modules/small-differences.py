# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Small differences of library classes: what closing a stream sets and raises, __exit__ with keywords, a subject in which nothing is replaced,
# super objects without a class, the recursion limit of all threads.
import io
import re
import sys
import threading
import types
from _random import Random

for stream in (io.BytesIO(), io.StringIO(), io.IOBase(), io.BufferedReader(io.BytesIO())):
    try:
        stream.__exit__(kw=1)
    except TypeError as e:
        print(e)


class Stubborn(io.IOBase):
    def flush(self):
        raise ValueError("flush")

    def __setattr__(self, name, v):
        if name != "_finalizing":
            print("set", name, v)
            raise ValueError("set")


stream = Stubborn()
try:
    stream.close()
except ValueError as e:
    print(repr(e), repr(e.__context__))
print(stream.closed)
Stubborn.flush = lambda self: None
Stubborn.__setattr__ = io.IOBase.__setattr__
stream.close()
print(stream.closed)

random = Random(1)
text, data = "".join(["ab", "d"]), b"".join([b"ab", b"d"])
pattern = re.compile("x+")
print(re.sub("x", "-", text) is text, pattern.subn("-", text)[0] is text, re.subn(b"x", b"-", data)[0] is data, pattern.subn("", "axb"))


class Own(super):
    def __new__(cls, *args):
        print("new", len(args))
        return super().__new__(cls)

    def __init__(self, *args):
        print("init", len(args))
        super().__init__(*args)


class A:
    def f(self):
        return "A.f"


class B(A):
    pass


print(Own(B).__get__(B(), B).f(), type(Own.__new__(Own).__get__(B(), B)).__name__)


def depth():
    reached = 0

    def inner():
        nonlocal reached
        reached += 1
        inner()

    try:
        inner()
    except RecursionError:
        pass
    return reached


def change():
    print(depth() < 400)
    sys.setrecursionlimit(900)


sys.setrecursionlimit(400)
thread = threading.Thread(target=change)
thread.start()
thread.join()
print(sys.getrecursionlimit(), depth() > 800)


class Interrupted(io.RawIOBase):
    calls = 0

    def readable(self):
        return True

    writable = readable

    def step(self):
        self.calls += 1
        if self.calls < 3:
            raise OSError(4, "interrupted")

    def readinto(self, room):
        self.step()
        data = b"abc"[: len(room)]
        room[: len(data)] = data
        return len(data)

    def write(self, data):
        self.step()
        return len(data)


print(io.BufferedReader(Interrupted()).read(3), io.BufferedReader(Interrupted()).peek(), io.BufferedReader(Interrupted()).read1(2))
raw = Interrupted()
stream = io.BufferedWriter(raw)
print(stream.write(b"test"), stream.flush(), raw.calls)
Interrupted.step = lambda self: 1 / 0
for call in (lambda: io.BufferedReader(Interrupted()).read(1), lambda: io.BufferedWriter(Interrupted(), 1).write(b"ab")):
    try:
        call()
    except ZeroDivisionError as e:
        print(e)


class File(io.FileIO):
    pass


class Text(io.TextIOWrapper):
    pass


with File("/dev/null") as file:
    print(file, Text(io.BytesIO(), "utf-8"))
print(file)
for words in ((-1,) * 625, (2**64,) * 625, (1.5,) * 625, (1,) * 624 + (-1,), (2**40 + 1,) * 624 + (3,)):
    try:
        print(random.setstate(words), random.getrandbits(32))
    except (TypeError, OverflowError, ValueError) as e:
        print(type(e).__name__, e)
try:
    eval("a", types.MappingProxyType({}))
except TypeError as e:
    print(e)
