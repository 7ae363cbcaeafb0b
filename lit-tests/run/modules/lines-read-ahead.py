# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Lines of binary files that were read ahead, between everything else that a stream may do.
import io
import os
import tempfile

name = os.path.join(tempfile.mkdtemp(), "lines")
with open(name, "wb") as f:
    f.write(b"one\ntwo\n\nfour\n" + b"x" * 20 + b"\nlast")

for size in (-1, 8, 64):
    with open(name, "rb", buffering=size if size > 0 else -1) as f:
        print(f.readline(), f.readline(2), f.readline(), next(f), f.tell())
        print(f.peek()[:2], f.read(3), f.readline(-1), f.readline(None), next(f), f.readline())
        try:
            next(f)
        except StopIteration:
            print("end")
        f.seek(4)
        print(list(f))

with open(name, "r+b") as f:
    print(next(f), f.tell())
    f.write(b"TWO")
    print(f.readline(), f.readline(), f.tell())
    f.seek(0)
    print(f.read())

f = open(name, "rb")
f.readline()
f.close()
for step in (next, io.BufferedReader.readline):
    try:
        print(step(f))
    except ValueError as e:
        print(e)

f = open(name, "rb")
f.readline()
os.close(os.dup(f.fileno()))
raw = f.detach()
try:
    f.readline()
except ValueError as e:
    print(e)
raw.close()

try:
    next(open(os.devnull, "wb"))
except io.UnsupportedOperation as e:
    print(e)


class Counted(io.BufferedReader):
    calls = 0

    def readline(self, size=-1):
        self.calls += 1
        return super().readline(size)


with Counted(io.FileIO(name)) as f:
    print([len(line) for line in f], f.calls)

with io.BufferedReader(io.BytesIO(b"a\nb\nc")) as f:
    print(f.readline(), list(f))
