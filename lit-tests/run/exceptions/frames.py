# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# One frame object per activation, which keeps locals and caller when it outlives the function.
import sys


def outer():
    x = 1

    def inner(p):
        y = x + p
        frame = sys._getframe()
        assert frame is sys._getframe()
        assert frame.f_back is sys._getframe(1)
        return frame

    frame = inner(2)
    z = 3
    return frame


def shown(frame):
    return {name: v for name, v in frame.f_locals.items() if name in "abepqxyz"}


frame = outer()
print(shown(frame), shown(frame.f_back), frame.f_back.f_back is sys._getframe(), frame.f_lineno)
frame.clear()
print(frame.f_locals, frame.f_lineno)


def generate():
    a = 1
    yield sys._getframe()
    b = 2
    yield shown(sys._getframe())


g = generate()
frame = next(g)
print(frame is g.gi_frame, frame.f_locals, frame.f_lineno, next(g), frame.f_locals, frame.f_lineno)
print(list(g), g.gi_frame, frame.f_locals, frame.f_back)
try:
    sys._getframe().clear()
except RuntimeError as e:
    print(e)


def unmatched():
    p = 1
    try:
        q = 1 / 0
    except TypeError:
        pass


def again():
    try:
        1 / 0
    finally:
        e = 5


for f in unmatched, again:
    try:
        f()
    except ZeroDivisionError as error:
        tb = error.__traceback__
        inside = tb.tb_next.tb_frame
        print(tb.tb_frame is sys._getframe(), shown(inside), tb.tb_next.tb_lineno, inside.f_lineno, inside.f_back is tb.tb_frame)


def deleted():
    e = 1
    names = [sorted(sys._getframe().f_locals)]
    del e
    names.append(sorted(sys._getframe().f_locals))
    return names


print(deleted())
