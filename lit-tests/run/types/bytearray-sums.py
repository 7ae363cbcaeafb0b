# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A sum is of the left operand's kind, and a new object where that may change.
class Mine(bytearray):
    pass
class Bytes(bytes):
    pass
operands = [b"", b"a", b"abc" * 50, bytearray(), bytearray(b"xyz"), Mine(b"mine"), Bytes(b"sub"), memoryview(b"view"), "text", [1], None]
for a in operands:
    for b in operands:
        try:
            c = a + b
        except TypeError as e:
            print(e)
            continue
        print(type(c).__name__, len(c), c[:9], c is a, c is b)
x = bytearray(b"ab")
view = memoryview(x)
print(x + x, x + b"", view.tobytes())
y = x + x
y.append(3)
print(x, y)
