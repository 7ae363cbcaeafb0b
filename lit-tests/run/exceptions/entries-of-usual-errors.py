# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The entries of tracebacks in a program that asks for no frames: where nothing is left behind, something is, or the collector runs.
# And attributes of exceptions, whose instances have nothing but a dict.
import gc
import sys
import traceback


def throws():
    raise KeyError


def throws_with(value):
    raise KeyError(value)


def passes():
    throws()


def keeps(value):
    kept = [value]
    throws_with(kept)


def entries(error):
    return [(entry.name, entry.lineno) for entry in traceback.extract_tb(error.__traceback__)]


def catches(call, *args):
    try:
        call(*args)
    except KeyError as error:
        return entries(error), error.args, error.__context__
    return None


def again():
    try:
        passes()
    except KeyError:
        try:
            throws_with(2)
        except KeyError as error:
            first = error.__context__
            return entries(error), entries(first), sys.exc_info()[1] is error


def reraised():
    try:
        try:
            throws()
        except KeyError:
            raise
    except KeyError as error:
        return entries(error)


def stepping():
    try:
        yield 1
        throws()
    except KeyError as error:
        yield entries(error)
    passes()


def twice():
    told = []
    for turn in range(2):
        try:
            passes()
        except KeyError as error:
            told.append(error)
    return [entries(e) for e in told]


for turn in range(3):
    print(catches(passes), catches(throws_with, 1), catches(keeps, turn))
    print(again())
    print(reraised())
    g = stepping()
    print(next(g), next(g))
    print(catches(next, g))
    print(twice())

try:
    keeps(5)
except KeyError:
    print(traceback.format_exc().replace(__file__, "here"), end="")


class Ends:
    def __del__(self):
        print("ends", sys.exc_info()[0])


def leaves(value):
    here = value
    raise KeyError


for given in 1, Ends(), None:
    try:
        leaves(given)
    except KeyError as error:
        given = None
        print("still there", entries(error))
    print("gone")


class Noisy:
    """Dies in a collection, and raises there."""

    def __init__(self):
        self.own = self

    def __del__(self):
        print("dies,", catches(passes)[0], sys.exc_info())


def garbage():
    Noisy()
    gc.collect()
    raise KeyError("after garbage")


print(catches(garbage))
threshold = gc.get_threshold()
gc.collect()
for every in 1, 2, 3:
    gc.set_threshold(every)
    print(catches(passes), [catches(throws_with, n)[1] for n in range(4)])
gc.set_threshold(*threshold)


class Told(Exception):
    def __init__(self, text, code=None):
        super().__init__(text)
        self.text = text
        if code:
            self.code = code
        self.last = len(text)

    kind = "told"


def made(*args):
    try:
        raise Told(*args)
    except Told as error:
        return error


def show(error):
    print(vars(error), error.text, error.last, error.kind, getattr(error, "code", "-"))


for turn in range(3):
    for args in ("a",), ("bc", 3), ("d",), ("efg", turn):
        show(made(*args))
e = made("x")
del e.text
e.text = "moved"
e.kind = "own"
show(e)
show(made("y"))
Told.last = property(lambda self: -1, lambda self, v: print("set", v))
show(made("z"))
Told.__setattr__ = lambda self, name, v: Exception.__setattr__(self, name, str(v) + "!")
show(made("w", 1))
del Told.__setattr__, Told.last
show(made("v", 2))
e = made("u")
e.__dict__ = {"last": 0, "text": "given"}
e.text = "changed"
e.more = 1
show(e)
for wrong in TypeError, OSError, StopIteration, ImportError, UnicodeDecodeError:
    try:
        raise wrong
    except Exception as error:
        print(type(error).__name__, error.args, entries(error))
