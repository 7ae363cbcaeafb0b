# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# bytes() asks an iterable for its length, though it counts for nothing; bytearray() does not ask.
class Sized:
    def __init__(self, length):
        self.length = length

    def __iter__(self):
        return iter((1, 2))

    def __len__(self):
        print("len", end=" ")
        if isinstance(self.length, type):
            raise self.length()
        return self.length


class Hinting(Sized):
    __len__ = None

    def __length_hint__(self):
        print("hint", end=" ")
        if isinstance(self.length, type):
            raise self.length()
        return self.length


for made in bytes, bytearray:
    for cls in Sized, Hinting:
        for length in 0, 1, 7, -1, 10**30, "a", None, NotImplemented, ZeroDivisionError, TypeError:
            try:
                print(made(cls(length)))
            except Exception as e:
                print(type(e).__name__, e)
