# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# fromhex() of subclasses: each is made from bytes.
def made(base):
    class Made(base):
        def __new__(cls, value=b""):
            self = super().__new__(cls, value)
            self.source = type(value).__name__
            return self

    return Made


for base in bytes, bytearray:
    cls = made(base)
    for text in "", "a0", "a0 a1\ta2":
        value = cls.fromhex(text)
        print(type(value).__name__, value, value.source, base.fromhex(text))
    try:
        cls.fromhex("a")
    except ValueError as e:
        print(e)
