# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# In what order an array looks at what it is given: str and arrays of characters, then an iterator, then the type code.
import array


class Loud:
    def __iter__(self):
        print("iter")
        return iter([1, 2])


class Sub(array.array):
    pass


def show(cls, *args, **named):
    try:
        print(cls(*args, **named))
    except Exception as e:
        print([type(a).__name__ for a in args], type(e).__name__, str(e).encode("ascii", "backslashreplace").decode())


values = "x", None, 5, [1], (1,), b"abcdefgh", bytearray(8), array.array("u", "ab"), array.array("i", [1]), Loud(), 1.5, object, {}, memoryview(b"ab")
for cls in array.array, Sub:
    for code in "c", "u", "i", "d", "cc", "", 5, None, b"i", "\xe9", "\u20ac":
        print(repr(code).encode("ascii", "backslashreplace").decode())
        show(cls, code)
        for value in values:
            show(cls, code, value)
    show(cls)
    show(cls, "c", 1, 2)
