# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Views of memory that does not lie in one piece, where one piece is wanted.
import re

view = memoryview(b"abcabcabc")
for v in view, view[::2], view[::-1], view[1:5:3], memoryview(b"abcdef").cast("B", (2, 3)):
    for function in (lambda: b"%b" % v, lambda: b"%-8s|" % v, lambda: b"%.2b" % (v,), lambda: bytearray(b"%b") % v, lambda: re.match(b"[ab]", v),
                     lambda: re.findall(b"[ab]", v), lambda: re.split(b"b", v), lambda: list(re.finditer(b"a", v)), lambda: re.sub(b"a", b"Z", v),
                     lambda: re.sub(b"a", v, b"xax")):
        try:
            print(function())
        except (TypeError, BufferError) as e:
            print(type(e).__name__, e)
