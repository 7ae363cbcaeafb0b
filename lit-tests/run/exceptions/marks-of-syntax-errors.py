# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The marks under the text of a SyntaxError that nobody caught: as many as its end says, one for other classes, none beyond the text.
import sys

sys.stderr = sys.stdout


class Own(SyntaxError):
    pass


places = [(2, 1, "pass", 2, 5), (2, 1, "pass", 3, 5), (2, 1, "pass\n", 3, 5), (2, 0, "pass", 2, 3), (2, 1, "pass", 2, -1), (2, 3, "pass", 2, 2),
          (2, None, "pass"), (2, 1, "pass"), (2, 9, "pass", 2, 11), (2, 5, "    pass x", 2, 9), (2, 5, "    pass x", 4, 9), (2, 1, "ééé", 3, 1), (2, 1, "ééé", 2, 3), (2, 1, "ééé", 2, 9), (2, 9, "ééé", 2, 9),
          (2, 4, "\ta\tb\n", 2, 6), (2, 1, "ab\r\n", 2, 9), (2, 4, "a\nbcd\n", 2, 6), (2, 2, "a\nbcd\n", 2, 9), (2, 8, "ああ\n", 2, 9), (2, 2, " \n", 2, 3),
          (2, 1, "pass", 2, "x"), (2, "x", "pass"), ("x", 1, "pass")]
for cls in SyntaxError, IndentationError, TabError, Own:
    for place in places:
        print(cls.__name__, place)
        error = cls("message", ("file", *place))
        sys.__excepthook__(cls, error, None)
try:
    exec("if 1:\npass")
except SyntaxError as e:
    sys.__excepthook__(type(e), e.with_traceback(None), None)
