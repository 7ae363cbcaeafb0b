# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Words of what array's `+=` and warnings.warn refuse.
import array
import warnings

for refused in (lambda: array.array("i").__iadd__([1]), lambda: array.array("i") + [1], lambda: array.array("i").__iadd__(array.array("d")),
                lambda: warnings.warn("text", int), lambda: warnings.warn("text", 3), lambda: warnings.warn("text", ValueError)):
    try:
        refused()
    except TypeError as e:
        print(e)
