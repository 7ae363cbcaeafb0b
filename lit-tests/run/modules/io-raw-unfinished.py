# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A raw stream whose class has not said how it reads or writes.
import io


def show(question):
    try:
        print(question())
    except NotImplementedError as error:
        print(repr(error))


class Reads(io.RawIOBase):
    def readable(self):
        return True

    def readinto(self, buffer):
        return super().readinto(buffer)


class Writes(io.RawIOBase):
    def writable(self):
        return True


raw = io.RawIOBase()
for question in (lambda: raw.readinto(bytearray(1)), raw.readinto, lambda: raw.read(1), raw.read, raw.readall,
                 lambda: raw.write(b""), lambda: raw.write(1, 2), raw.readline, Reads().read,
                 lambda: io.BufferedReader(Reads()).read(1), lambda: io.TextIOWrapper(io.BufferedReader(Reads())).read(1)):
    show(question)
buffered = io.BufferedWriter(Writes())
show(lambda: buffered.write(b"x"))
show(buffered.flush)
show(buffered.close)
print(hasattr(raw, "readinto"), "write" in vars(io.RawIOBase.__base__))
