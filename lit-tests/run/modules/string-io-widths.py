# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# A StringIO holds its text as wide as the widest code point that was written: what was there stays when a wider one comes.
import io
import itertools
import pickle

PIECES = {"ascii": "line one\nab\r\nc\r", "latin": "é\u00ff\n", "bmp": "\u0394x\n\uffff", "astral": "\U0001f40d\r\n\U0010ffff"}

for names in itertools.permutations(PIECES, 3):
    for newline in (None, "", "\n", "\r", "\r\n"):
        s = io.StringIO(PIECES[names[0]], newline)
        s.seek(0, 2)
        for name in names[1:]:
            s.write(PIECES[name])
        s.seek(3)
        s.write(PIECES[names[-1]])
        value = s.getvalue()
        s.seek(0)
        lines = list(s)
        assert "".join(lines) == value, (names, newline)
        print(*names, repr(newline), ascii(lines))

# A gap is filled with zeros, in each width.
for first, last in (("a", "b"), ("a", "é"), ("a", "\u0394"), ("\u0394", "b"), ("\u0394", "\U0001f40d"), ("\U0001f40d", "b")):
    s = io.StringIO(first)
    s.seek(5)
    s.write(last)
    print(ascii(s.getvalue()), s.tell())
    s.seek(2)
    print(ascii(s.read(1)), ascii(s.readline()), repr(s.read()))

# What is read is as narrow as it can be, also where wider text was or is.
s = io.StringIO()
s.write("abc\u0394\U0001f40d")
s.seek(0)
print(s.read(3).isascii(), ascii(s.read()))
s.seek(0)
s.truncate()
s.write("narrow")
print(s.getvalue().isascii(), s.getvalue())

# State and a second life.
s = io.StringIO("\u0394\n\U0001f40d\n", newline="\r\n")
t = pickle.loads(pickle.dumps(s))
print(ascii(t.getvalue()), t.tell(), ascii(s.__getstate__()))
s.__init__("short")
print(s.getvalue(), s.read(), s.write("é" * 1000), len(s.getvalue()), s.getvalue().count("é"))
s.close()
try:
    s.write("\u0394")
except ValueError as e:
    print(e)
text = io.StringIO()
for number in range(1000):
    print(number, chr(number + 32), chr(65536 + number) if number % 100 == 99 else "", file=text)
print(len(text.getvalue()), hash(text.getvalue()) == hash("".join(text.getvalue())), sum(map(ord, text.getvalue())))

# What a closed one and one that was only created refuse.
closed = io.StringIO()
closed.close()
calls = [
    lambda s: s.__setstate__(("a", "\n", 0, None)), lambda s: s.read(), lambda s: next(s), lambda s: s.readlines(),
    lambda s: s.writelines([]), lambda s: s.flush(), lambda s: s.__enter__(), lambda s: s.isatty(), lambda s: s.truncate(),
    lambda s: s.line_buffering,
]
for call in calls:
    for s in (closed, io.StringIO.__new__(io.StringIO)):
        try:
            print(call(s))
        except ValueError as e:
            print(e)
created = io.StringIO.__new__(io.StringIO)
created.__setstate__(("a", "\n", 0, None))
print(created.read())

# What a state's text has of line ends is seen again, and none of it is translated twice.
for newline in (None, "", "\n", "\r", "\r\n"):
    s = io.StringIO("a\nb\rc\r\n", newline)
    t = io.StringIO("\r", newline)
    t.__setstate__(s.__getstate__())
    print(repr(newline), repr(s.newlines), repr(t.newlines), ascii(t.getvalue()), t.tell())

# A place beyond the text, however far, has nothing to read.
s = io.StringIO()
for place in (0, 10, 2**62):
    print(s.seek(place), repr(s.read()), repr(s.readline()), list(s), s.tell())
s = io.StringIO("\u0394")
print(s.seek(2**62), repr(s.read(1)), repr(s.readline()), repr(s.getvalue()))
