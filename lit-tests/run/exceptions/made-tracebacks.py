# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# types.TracebackType called: what it takes, and what its numbers may be.
import sys
import types


def attempt(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


class Index:
    def __index__(self):
        return 5


T = types.TracebackType
frame = sys._getframe()
print(T.__text_signature__, T.__doc__.split("\n")[0])
for arguments in ((), (1,), (None, frame, 1), (None, frame, 1, 2, 3), (1, frame, 1, 2), (None, 1, 1, 2), (None, None, 1, 2), (None, frame, "a", 2),
                  (None, frame, 1, "a"), (None, frame, 1.5, 2), (None, frame, 2**31, 2), (None, frame, 1, 2**31), (None, frame, 1, 2**70)):
    attempt(lambda: T(*arguments))
for numbers in ((1, -2**31), (1, -1), (1, 0), (-1, 2**31 - 1), (True, 7), (Index(), Index())):
    attempt(lambda: (T(None, frame, *numbers).tb_lasti, T(None, frame, *numbers).tb_lineno))
attempt(lambda: T(None, frame, tb_lasti=1, tb_lineno=7).tb_lineno)
attempt(lambda: T(tb_next=None, tb_frame=frame, tb_lasti=1, tb_lineno=7).tb_lasti)
attempt(lambda: T(None, frame, tb_lasti=1, tb_line=7))
made = T(T(None, frame, 1, 2), frame, 3, 4)
for name in ("tb_next", "tb_lineno", "tb_lasti", "tb_frame"):
    attempt(lambda: setattr(made, name, 1))
    attempt(lambda: delattr(made, name))
attempt(lambda: setattr(made.tb_next, "tb_next", made))
attempt(lambda: type("Sub", (T,), {}))
