# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What is no number, from write() of a raw stream, is a length that cannot be.
import io


class Raw(io.RawIOBase):
    answer = 6

    def writable(self):
        return True

    def write(self, data):
        return self.answer


for answer in ("x", 1.5, 10**30, -1, 10**6, []):
    raw = Raw()
    raw.answer = answer
    stream = io.BufferedWriter(raw, 2)
    try:
        stream.write(b"abcdef")
    except Exception as e:
        print(answer, type(e).__name__, e, e.__context__, e.__cause__)
    raw.answer = 6
