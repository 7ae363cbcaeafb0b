# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A sys.stderr of one's own is written to in CPython's pieces; what stands inside a group without a margin, and how notes end.
import os
import sys
import threading


class Pieces:
    def __init__(self):
        self.heard = []

    def write(self, text):
        self.heard.append(text.replace(os.path.dirname(__file__) + "/", ""))

    def flush(self):
        self.heard.append("<flush>")


pieces = Pieces()


def show(e):
    pieces.heard.clear()
    sys.stderr, usual = pieces, sys.stderr
    sys.__excepthook__(type(e), e, e.__traceback__)
    sys.stderr = usual
    print(pieces.heard)
    print("".join(pieces.heard))


def raised(f, *a):
    try:
        f(*a)
    except Exception as e:
        return e


def deep(n):
    if n:
        deep(n - 1)
    else:
        1 / n


def chain():
    try:
        "s".uper
    except AttributeError as e:
        raise SystemError() from e


show(raised(deep, 5))
show(raised(chain))
show(ExceptionGroup("g", [raised(deep, 5), raised(compile, "a b\n", "f", "exec"), SyntaxError("m", ("f", 3, 2, "  text", 3, 4))]))
show(ExceptionGroup("many", [ValueError(i) for i in range(17)]))
nested = ValueError(0)
for i in range(13):
    nested = ExceptionGroup(str(i), [nested])
show(nested)


class Mute:
    def __str__(self):
        raise OSError

    __repr__ = __str__


class Other(Exception):
    __module__ = "some.module"


for notes in (["a\n"], ["a\x0bb", "c\rd\n\n"], [""], ["\n"], [5, Mute(), "x\ny"], "str", 7, Mute(), []):
    e = Other("text")
    e.__notes__ = notes
    show(e)
    show(ExceptionGroup("g", [e]))
for e in Other(), Exception(Mute()), SyntaxError(), SyntaxError("m", ("f", 3, 0, "txt\n")), SyntaxError("m", (None, 1, 2, "ab\ncd\n", 2, 1)):
    show(e)


def thrown():
    try:
        yield
    finally:
        1 / 0


# Errors of threads and those that nobody can catch, which have no margins; of these a traceback that cannot be written is left out.
class Picky(Pieces):
    def write(self, text):
        super().write(text)
        if "Traceback" in text:
            raise OSError


def fails():
    raise ValueError("in a thread")


for new in Pieces, Picky:
    pieces = sys.stderr = new()
    g = thrown()
    next(g)
    del g
    sys.excepthook(ValueError, "no exception", None)
    sys.stderr = sys.__stderr__
    print([h for h in pieces.heard if not h.startswith("<generator")])
pieces = sys.stderr = Pieces()
t = threading.Thread(target=fails, name="T")
t.start()
t.join()
sys.stderr = sys.__stderr__
print(pieces.heard[:5], pieces.heard[-6:])
