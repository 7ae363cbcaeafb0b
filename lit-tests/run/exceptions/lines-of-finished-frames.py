# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Where a frame says that it is when it is over.
import contextlib
import sys


def plain():
    frame = sys._getframe()
    if frame:
        return frame
    return None


def through_finally():
    frame = sys._getframe()
    try:
        return frame
    finally:
        a = 1
        b = 2


def through_with():
    frame = sys._getframe()
    with contextlib.nullcontext():
        a = 1
        return frame


def through_both():
    frame = sys._getframe()
    try:
        with contextlib.nullcontext():
            return frame
    finally:
        a = 1
        b = 2


def of_a_loop():
    frame = sys._getframe()
    for i in range(3):
        try:
            if i:
                break
        finally:
            a = i
    return frame


def several_lines():
    frame = sys._getframe()
    return (1,
            frame)[1]


class Body:
    frame = sys._getframe()
    a = 1

    def method(self):
        return __class__

    b = 2


def generated():
    frame = sys._getframe()
    yield frame
    try:
        yield 1
    finally:
        a = 1


for f in (plain, through_finally, through_with, through_both, of_a_loop, several_lines):
    frame = f()
    print(f.__name__, frame.f_lineno - frame.f_code.co_firstlineno)
print(Body.frame.f_lineno - Body.frame.f_code.co_firstlineno)
for end in (list, next, lambda g: (next(g), g.close())):
    g = generated()
    frame = next(g)
    end(g)
    print(frame.f_lineno - frame.f_code.co_firstlineno)
