# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Programs that look at frames and counts see bound methods.
import sys


class C:
    def m(self):
        return sorted(sys._getframe(1).f_locals), type(sys._getframe(1).f_locals["m"]).__name__


def frames(o):
    m = o.m
    return m()


print(frames(C()))


def fails(xs):
    append = xs.append
    append(1)
    append()


try:
    fails([])
except TypeError as e:
    locals_ = e.__traceback__.tb_next.tb_frame.f_locals
    print(sorted(locals_), locals_["append"].__name__)


def counts(o):
    before = sys.getrefcount(o)
    m = o.m
    held = sys.getrefcount(o) - before
    m()
    return held


print(counts(C()), frames.__code__.co_varnames, frames.__code__.co_nlocals)
