# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A parameter that is captured keeps its place among the variables: in locals(), in f_locals of a frame that runs or that a traceback
# holds, and in the order in which variables die, also where a comprehension no longer needs its cell. A variable that holds a cell
# shows the cell.
import sys


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)


def comprehended(a, b):
    h = [z for z in range(2) if b]
    return h


def captured(a, b, c):
    h = lambda: (b, a)
    return h()[0].name


def asked(a, b):
    h = lambda: a
    x = 1
    return list(locals())


def asked_of_frame(a, b):
    h = lambda: a
    x = 1
    return list(sys._getframe().f_locals)


def rest(a, *b, c=3, **d):
    e = lambda: (b, d, x)
    x = 1
    return list(locals().items())[:4] + list(sys._getframe().f_locals)[-2:]


def generated(a, b):
    h = lambda: b
    yield list(locals())
    yield list(sys._getframe().f_locals)


def fails(a, b):
    h = lambda: a
    x = 1
    raise ValueError


def deleted(a, b):
    h = lambda: a
    del a
    return list(locals()), list(sys._getframe().f_locals)


def holds_cell(f):
    cell = f.__closure__[0]
    return sys._getframe().f_locals["cell"] is cell, locals()["cell"] is cell


print(comprehended(Noisy("a"), Noisy("b")))
print(captured(Noisy("a"), Noisy("b"), Noisy("c")))
print(asked(1, 2), asked_of_frame(1, 2), rest(1, 2, e=5), list(generated(1, 2)), deleted(1, 2))
try:
    fails(1, 2)
except ValueError as e:
    print(list(e.__traceback__.tb_next.tb_frame.f_locals))
value = 1


def outer():
    inside = 7
    return holds_cell(lambda: inside)


print(outer())
