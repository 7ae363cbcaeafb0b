# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
"""print() to streams whose write was replaced, to StringIO with any line ends, and to closed ones; arguments that print meanwhile."""
import io
import sys

log = []
sys.stdout.write = log.append
print("a", 1, None, 2.5)
print("b", end="")
print()
del sys.stdout.write
print(log)


class Talking:
    def __init__(self, file, text):
        self.file, self.text = file, text

    def __str__(self):
        print("said", file=self.file)
        return self.text


class Failing:
    def __str__(self):
        raise ValueError("no text")


for newline in ("\n", None, "", "\r", "\r\n"):
    out = io.StringIO(newline=newline)
    print("x", 1, file=out)
    print("one\r", "\ntwo\r", sep="", end="\n", file=out)
    print("\u00e9", "\u20ac", "\U0001f600", sep="\n", file=out)
    print(Talking(out, "t"), "u", Talking(out, "v"), file=out)
    print(repr(newline), ascii(out.getvalue()), out.newlines, out.tell())

out = io.StringIO("0123456789")
print("ab", file=out, end="")
out.seek(20)
print("cd", file=out, end="", flush=True)
print(ascii(out.getvalue()))

# what comes before an error is written
out = io.StringIO()
for arguments in (("a", Failing()), ("b", "c", Failing(), "d"), (Failing(), "e")):
    try:
        print(*arguments, file=out)
    except ValueError as e:
        print(e, repr(out.getvalue()))

# replaced, of a subclass, closed, and unfinished
out = io.StringIO()
pieces = []
out.write = pieces.append
print("a", "b", file=out)
del out.write
out.other = 1
print("c", file=out)
print(pieces, repr(out.getvalue()))


class Counting(io.StringIO):
    calls = 0

    def write(self, text):
        self.calls += 1
        return super().write(text)


out = Counting()
print("a", "b", 3, sep="-", file=out)
print(out.calls, repr(out.getvalue()))
out = io.StringIO()
out.close()
for arguments in (("a",), (), (Failing(),), ("a", Failing())):
    try:
        print(*arguments, file=out)
    except ValueError as e:
        print(e)
try:
    print("a", file=io.StringIO.__new__(io.StringIO))
except ValueError as e:
    print(e)

# lines of such streams
out = io.StringIO("one\ntwo\u00e9\n\nend")
print(list(out), next(out, "none"))
out.seek(4)
print(next(out).encode(), out.tell(), out.readline(), list(out))
b = io.BytesIO(b"one\n" + b"x" * 600 + b"\n\n2\nend")
print([len(line) for line in b], next(b, "none"), b.tell())
b.seek(1)
print(next(b), next(b)[-3:], b.readline(), b.tell())
for stream in (out, b):
    stream.close()
    try:
        next(stream)
    except ValueError as e:
        print(e)
