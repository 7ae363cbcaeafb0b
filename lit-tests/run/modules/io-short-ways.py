# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Streams that are exactly the module's own call each other straight; what a program puts in between is asked all the same.
import io
import os
import tempfile

folder = tempfile.TemporaryDirectory()
path = os.path.join(folder.name, "file")


def told(name, result=None):
    def tell(*args):
        print("own", name, args)
        return result

    return tell


def methods_of_the_instance():
    with open(path, "w") as f:
        f.flush = told("flush")
        f.write("one\n")
        f.buffer.flush = told("buffer.flush")
    print(os.path.getsize(path), f.closed, f.buffer.raw.closed)
    f = open(path, "w")
    f.close = told("close")
    with f:
        f.write("two\n")
    print(f.closed, os.path.getsize(path))
    del f.close
    f.buffer.close = told("buffer.close")
    f.close()
    print(f.closed, os.path.getsize(path))
    del f.buffer.close
    f.close()
    print(f.closed, f.buffer.raw.__dict__ == {"name": path, "__IOBase_closed": True}, f.__dict__)
    with open(path) as f:
        f.buffer.read = told("buffer.read", b"three\n")
        print(repr(f.read()))
    with open(path, "rb") as f:
        f.raw.readall = told("raw.readall", b"four\n")
        print(f.read())
    for change in ("seekable", "readable"):
        raw = io.FileIO(path)
        setattr(raw, change, told(change, False))
        try:
            print(io.TextIOWrapper(io.BufferedReader(raw)).seekable())
        except OSError as e:
            print(type(e), e)
    f = open(path, "rb")
    f.raw.close = told("raw.close")
    f.close()
    print(f.raw.closed)
    io.FileIO.close(f.raw)
    raw = io.FileIO(path)
    buffer = io.BufferedReader(raw)
    del raw.name
    raw.seekable = told("seekable", False)
    print(io.TextIOWrapper(buffer).seekable())


def sizes():
    for n in (0, 1, 2, 4095, 4096, 8191, 8192, 8193, 65535, 65536, 65537, 200000):
        data = bytes(i * 7 % 251 for i in range(n))
        with open(path, "wb") as f:
            f.write(data)
        with open(path, "rb") as f:
            whole, rest = f.read(), f.read()
        with open(path, "rb") as f:
            first, last = f.read(10), f.read()
        with open(path, "rb", 0) as f:
            raw = f.read()
        with open(path, "ab+") as f:
            f.seek(0)
            appended = f.read()
        print(n, whole == data, rest, first + last == data, raw == data, appended == data)


def growing():
    with open(path, "wb") as f:
        f.write(b"a" * 100)
    with open(path, "rb") as f, open(path, "ab") as more:
        more.write(b"b" * 30000)
        more.flush()
        print(len(f.read()), f.read())
        more.write(b"c" * 10)
        more.flush()
        print(f.read())
    with open(path, "rb") as f:
        os.truncate(path, 5)
        print(f.read(), f.read())
    with open("/proc/self/status", "rb") as f:
        print(f.read().startswith(b"Name:"), f.seekable(), f.isatty())
    with open("/dev/null", "rb") as f:
        print(f.read(), f.isatty())
    reader, writer = os.pipe()
    os.write(writer, b"piped" * 4000)
    os.close(writer)
    with open(reader, "rb") as f:
        print(len(f.read()), f.seekable(), f.isatty())


def chunks():
    lines = ["x" * (i % 97) + "\n" for i in range(1000)] + ["é" * 30 + "\n", "last"]
    with open(path, "w", encoding="utf-8") as f:
        print(all([f.write(line) == len(line) for line in lines]))
    for newline in (None, "", "\n", "\r", "\r\n"):
        with open(path, encoding="utf-8", newline=newline) as f:
            got = []
            while line := f.readline():
                got.append(line)
        print(repr(newline), got == lines, len(got))
    with open(path, encoding="utf-8") as f:
        pieces = []
        while piece := f.read(7):
            pieces.append(piece)
        print("".join(pieces) == "".join(lines), len(pieces), f.read(1) == "", f.readline() == "")
    with open(path, "rb") as f:
        pieces = []
        while piece := f.read(1000):
            pieces.append(piece)
        print(b"".join(pieces) == "".join(lines).encode(), [len(p) for p in pieces][-2:], f.read(0))
    with open(path, encoding="utf-8") as f:
        print(repr(f.readline(3)), repr(f.readline()), repr(f.readline(-1)), f.tell(), repr(f.read(2)), repr(next(f)))
        try:
            f.tell()
        except OSError as e:
            print(e)


def turns():
    with open(path) as f:
        try:
            f.readline(None)
        except TypeError as e:
            print(e)
    with open(path, "w+") as f:
        f.write("abc\ndef\n")
        f.seek(0)
        print(repr(f.readline()))
        f.seek(0, 2)
        f.write("ghi\n")
        f.seek(0)
        print(f.readlines())
        f.reconfigure(newline="\r\n")
        f.seek(0)
        f.truncate()
        f.write("a\nb\n")
        f.reconfigure(line_buffering=True)
        f.write("c")
        f.write("d\n")
        print(os.path.getsize(path))
        f.reconfigure(line_buffering=False, write_through=True, newline="\n")
        f.write("e\n")
        print(os.path.getsize(path))
    for use in (lambda: f.write("x"), f.readline, lambda: f.read(1), f.read, f.flush, lambda: f.buffer.write(b"x"), lambda: f.buffer.read(1)):
        try:
            use()
        except ValueError as e:
            print(e)
    f = open(path)
    buffer = f.detach()
    for use in (lambda: f.read(1), f.readline, lambda: f.write("x"), f.close):
        try:
            use()
        except ValueError as e:
            print(e)
    buffer.close()
    with open(path) as f, open(path, "rb") as g:
        for use in (lambda: f.write("x"), lambda: g.write(b"x")):
            try:
                use()
            except OSError as e:
                print(e)


methods_of_the_instance()
sizes()
growing()
chunks()
turns()
folder.cleanup()
