# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Lines of text files that were read ahead: of every kind of line end, and what else a stream may do in between.
import os
import tempfile

name = os.path.join(tempfile.mkdtemp(), "lines")
with open(name, "w", newline="") as f:
    f.write("one\ntwo\r\nthree\rfour\n\n" + "x" * 40 + "\nlast")
for newline in (None, "", "\n", "\r", "\r\n"):
    with open(name, newline=newline) as f:
        print(repr(newline), list(f))

with open(name) as f:
    print(next(f), f.readline(), f.read(2), next(f))
    try:
        f.tell()
    except OSError as e:
        print(e)
    for line in f:
        print(repr(line))
    print(f.tell())
    f.seek(4)
    print(next(f))
    f.close()
    try:
        next(f)
    except ValueError as e:
        print(e)

# Closed beneath it, in a loop over it, and by what is done with a line.
with open(name) as f:
    next(f)
    os.close(os.dup(f.fileno()))
    f.buffer.raw.close()
    try:
        next(f)
    except ValueError as e:
        print(e)
with open(name) as f:
    try:
        for number, line in enumerate(f):
            print(number, line)
            if number == 1:
                f.close()
    except ValueError as e:
        print(e)

# What is written comes before what is read.
with open(name, "r+") as f:
    print(next(f))
    f.seek(0, 2)
    f.write("\nmore\n")
    f.seek(0)
    print([len(line) for line in f])

# Text that is not ASCII, in chunks that are, and long lines.
with open(name, "w", encoding="utf-8") as f:
    for i in range(3000):
        f.write("\xe9t\xe9\n" if i % 1000 == 999 else "summer %d\n" % i)
    f.write("y" * 20000 + "\n\nend")
with open(name, encoding="utf-8") as f:
    print(sum(map(len, f)))
with open(name, encoding="latin-1") as f:
    print(sum(map(len, f)))
with open(name, encoding="ascii") as f:
    try:
        for line in f:
            pass
    except UnicodeDecodeError as e:
        print(e.reason, e.start)


class Loud(__import__("io").TextIOWrapper):
    def readline(self, *size):
        return super().readline(*size).upper()


with Loud(open(name, "rb"), encoding="utf-8") as f:
    print(next(f), next(f))
os.remove(name)
