# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a variable held dies at the line that gives the variable something else; what a function leaves behind, in the caller's frame.
import sys
import warnings


class Noisy:
    def __init__(self, *names):
        self.names = names

    def __del__(self):
        frame = sys._getframe(1)
        print(*self.names, "dies in", frame.f_code.co_name, frame.f_lineno)


def deleted():
    x = Noisy("deleted")
    print("made")
    del x
    print("gone")


def replaced():
    x = Noisy("replaced")
    print("made")
    x = (
        1,
        len("two"))
    return x


def shared():
    x = Noisy("in a cell")
    print("made")
    x = 5
    return lambda: x


def left():
    x = Noisy("left")
    print("made")
    return (
        1)


def small(x):
    y = Noisy("small", x)
    return x


def calls_small(n):
    total = 0
    for i in range(n):
        total += small(i)
    total += small(
        n)
    return total


def generator():
    x = Noisy("of a generator")
    yield 1
    x = Noisy("of a generator, again")
    yield 2


def by_tuple():
    a = Noisy("first")
    b = Noisy("second")
    a, b = (
        1, 2)
    with open(__file__) as c:
        pass
    for d in [Noisy("item")]:
        pass
    d = None


def unclosed():
    x = open(__file__)
    print("opened")
    x = None


def unclosed_at_end():
    x = open(__file__)
    print("opened")


class WrongDel:
    def __del__(self, more):
        pass


class NoneDel:
    @property
    def __del__(self):
        return None


def of_wrong_signature(cls):
    x = cls()
    print("made")
    del x


def hook(args):
    frames = []
    traceback = args.exc_traceback
    while traceback:
        frames.append((traceback.tb_frame.f_code.co_name, traceback.tb_lineno))
        traceback = traceback.tb_next
    print(type(args.exc_value).__name__, args.exc_value, frames, args.object is None)


sys.unraisablehook = hook
for i in range(2):
    deleted()
    replaced()
    shared()
    left()
    print(calls_small(2))
    for value in generator():
        print(value)
    by_tuple()
    of_wrong_signature(WrongDel)
    of_wrong_signature(NoneDel)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        unclosed()
        unclosed_at_end()
    for warning in seen:
        print(warning.category.__name__, warning.lineno, type(warning.source).__name__)
exec("def text():\n  x = Noisy('in text')\n  print('made')\n  x = 0\n  y = Noisy('in text')\n\n\n\ntext()")
