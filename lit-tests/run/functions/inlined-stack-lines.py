# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The lines of frames that functions were copied into: each call's own, not the first of its function.
import traceback


def show(what):
    print(what, [(f.name, f.lineno) for f in traceback.extract_stack()])


def through(what):
    show(what)


def loop():
    for what in "in a loop", "again":
        pass
        through(what)


def several(n):
    through(n)
    print(
        through(n + 1),
        show(n + 2))


loop()
several(1)
