# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Streams that die, fail, lie or are used from two sides.
import io, os, tempfile, threading, warnings

name = os.path.join(tempfile.mkdtemp(), "f")


class Raw(io.RawIOBase):
    def __init__(self):
        self.written = []

    def readable(self):
        return True

    def writable(self):
        return True

    def write(self, data):
        self.written.append(bytes(data))
        return len(data)


def never_closed():
    open(name, "w").write("kept")
    print(open(name).read())
    raw = Raw()
    stream = io.BufferedWriter(raw)
    stream.write(b"abc")
    del stream
    print(raw.written)

    class Tell(io.BytesIO):
        def close(self):
            print("closing", self.getvalue())
            super().close()

    io.TextIOWrapper(Tell(), "ascii").write("xyz")
    with warnings.catch_warnings(record=True) as log:
        warnings.simplefilter("always")
        open(name, "rb")
        open(name, "rb", buffering=0)
    print([str(w.message).replace(name, "f") for w in log])


def both_fail():
    raw = Raw()

    def flush():
        raise OSError("flush")

    def close():
        raise OSError("close")

    for wrap in io.BufferedWriter, io.BufferedReader, lambda r: io.TextIOWrapper(io.BufferedWriter(r)):
        raw.close = close
        stream = wrap(raw)
        stream.flush = flush
        try:
            stream.close()
        except OSError as e:
            print(e, "/", e.__context__)
        raw.close = lambda: None


def readers():
    for stream in io.BytesIO(b"abc"), open(name, "rb"), open(name, "rb", buffering=0):
        for method in "readinto", "readinto1":
            if hasattr(stream, method):
                try:
                    getattr(stream, method)(b"12")
                except TypeError as e:
                    print(e)
    raw = Raw()
    raw.readinto = lambda b: b""
    try:
        io.BufferedReader(raw).readline()
    except OSError as e:
        print(e, repr(e.__cause__))
    chunks = [b"abc", b"de", b"fgh"]

    def readinto(b):
        data = chunks.pop(0) if chunks else b""
        b[:len(data)] = data
        return len(data)
    raw = Raw()
    raw.readinto = readinto
    stream = io.BufferedReader(raw, 10)
    target = bytearray(20)
    print(stream.peek(3), stream.readinto1(target), bytes(target[:6]), stream.read())
    for state in (b"x", -1, None), ("s", 0, None), (b"", 0.0, None), (b"", 0, 0), (b"", 0):
        try:
            io.BytesIO().__setstate__(state)
        except (TypeError, ValueError) as e:
            print(type(e).__name__, e)


def text():
    with open(name, "w", encoding="utf-8-sig") as f:
        f.write("aaa")
        position = f.tell()
    with open(name, "r+", encoding="utf-8-sig") as f:
        f.seek(position)
        f.write("zzz")
        f.seek(0)
        f.write("bbb")
    with open(name, "a", encoding="utf-8-sig") as f:
        f.seek(0, 2)
        f.write("ccc")
    print(open(name, "rb").read())

    class Closed(io.BytesIO):
        def readable(self):
            return False
    t = io.TextIOWrapper(Closed(), "utf-8")
    try:
        t.read()
    except OSError as e:
        print(type(e), e)
    print(type(t.detach()), t.encoding, t.errors)
    with open(name, "wb") as f:
        f.write("é".encode("utf-16") * 40)
    with open(name, encoding="utf-16") as f:
        f._CHUNK_SIZE = 7
        whole = f.read()
        for i in range(len(whole)):
            f.seek(0)
            f.read(i)
            cookie = f.tell()
            rest = f.read()
            f.seek(cookie)
            assert f.read() == rest == whole[i:], i
    print(len(whole))


def threads():
    class Slow(io.RawIOBase):
        total = 0

        def writable(self):
            return True

        def write(self, data):
            n = len(data)
            threading.Event().wait(0.0005)
            self.total += n
            return n
    raw = Slow()
    stream = io.BufferedWriter(raw, 64)
    shared = io.TextIOWrapper(stream, "ascii")

    def work():
        for i in range(40):
            stream.write(b"x" * 20)
            shared.write("y" * 20)
            shared.flush()
    workers = [threading.Thread(target=work) for _ in range(4)]
    for w in workers:
        w.start()
    for w in workers:
        w.join()
    shared.flush()
    print(raw.total)

    class Again(io.RawIOBase):
        def writable(self):
            return True

        def write(self, data):
            self.stream.write(b"z")
    raw = Again()
    raw.stream = io.BufferedWriter(raw)
    raw.stream.write(b"a")
    try:
        raw.stream.flush()
    except RuntimeError as e:
        print(str(e)[:22])
    raw.write = len
    raw.stream.close()


never_closed()
both_fail()
readers()
text()
threads()


def given_back():
    raw = open(name, "wb+", buffering=0)
    raw.write(b"0123456789")
    raw.seek(0)
    reader, both = io.BufferedReader(raw), io.BufferedRandom(open(name, "rb+", buffering=0))
    reader.read(2)
    reader.flush()
    both.read(2)
    both.flush()
    print(raw.tell(), both.raw.tell())


given_back()


# what encodes by itself asks any handler of errors
import codecs


def wordy(error):
    return "<%s %d>" % (error.encoding, error.end - error.start), error.end


codecs.register_error("test.wordy", wordy)
for encoding in "ascii", "latin-1", "us-ascii", "utf-8", "cp1252":
    for errors in "xmlcharrefreplace", "namereplace", "test.wordy", "test.unknown":
        raw = io.BytesIO()
        out = io.TextIOWrapper(raw, encoding=encoding, errors=errors, newline="\n")
        try:
            print(out.write("a\u20ac\U0001f40d\u00e9\ud800b"), end=" ")
            out.flush()
        except (LookupError, UnicodeError, TypeError) as e:
            print(type(e).__name__, e, end=" ")
        print(encoding, errors, raw.getvalue())
        out.detach()
raw = io.TextIOWrapper(io.BytesIO(b"ab\xffc"), encoding="ascii", errors="xmlcharrefreplace")
try:
    raw.read()
except TypeError as e:
    print(e)
