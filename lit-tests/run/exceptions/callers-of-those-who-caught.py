# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Who handles an error has the caller that it has, whatever generators the error was thrown into from there.
import sys
import types
from contextlib import contextmanager


def names(frame):
    found = []
    while frame:
        found.append(frame.f_code.co_name)
        frame = frame.f_back
    return found


def entries(traceback):
    while traceback:
        print("   ", traceback.tb_frame.f_code.co_name, names(traceback.tb_frame))
        traceback = traceback.tb_next


seen = []


@contextmanager
def swallow():
    try:
        yield
    except ValueError as error:
        seen.append(error.__traceback__)


def fail():
    raise ValueError


def ask():
    print("  asked", names(sys._getframe()))


def with_statement(f):
    with swallow():
        f()
    entries(seen[-1])
    print("  now", names(sys._getframe()))


def thrown(f):
    generator = taking()
    next(generator)
    try:
        f()
    except ValueError as error:
        generator.throw(error)
        entries(error.__traceback__)
        seen.append(error.__traceback__)
    print("  now", names(sys._getframe()))
    next(generator, None)


def taking():
    try:
        yield
    except ValueError as error:
        yield names(sys._getframe())
        entries(error.__traceback__)


def raised_again(f):
    try:
        try:
            f()
        except ValueError as error:
            raise error
    except ValueError as error:
        seen.append(error.__traceback__)
        entries(seen[-1])


def made(f):
    seen.append(types.TracebackType(None, sys._getframe(), 0, 1))
    seen[-1] = types.TracebackType(seen[-1], sys._getframe(1), 0, 1)
    entries(seen[-1])


def caller(g, f):
    g(f)


for g in with_statement, thrown, raised_again, made:
    for f in (fail, ask, fail) if g is with_statement else (fail,):
        print(g.__name__, f.__name__)
        caller(g, f)
    print("  later")
    entries(seen[-1])
    caller(lambda f: f(), ask)
