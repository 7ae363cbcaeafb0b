# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Numbers: conversions that subclasses override, hexadecimal and short formats, struct packing.
import struct, sys, warnings


class Text(str):
    def __float__(self):
        return float(str(self)) + 1


class Sub(float):
    def __float__(self):
        return 42.0


class Own(float):
    def __init__(self, x, extra=None):
        self.extra = extra


class TrueInt:
    def __int__(self):
        return True


print(float(Text("8")), float(Sub(1)), Own(2.5, extra=3).extra)
for f in lambda: float(x=1), lambda: Sub(x=1), lambda: float.__getformat__(1), lambda: float.__getformat__("x"):
    try:
        print(f())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter("always")
    print(int(TrueInt()), log[0].category.__name__)
for text in ("0x1.0", "-0x.8p1", "0x0.ffffffffffffe8p-1022", "0x0.fffffffffffff8p-1022", "0x0.fffffffffffff4p-1022",
             "0x1.fffffffffffff8p1023", "0x1p-1075", "0x1.8p-1075", "0x3p-1075", "0x1p1024", "0x1p99999999999999999999",
             "0x0p99999999999999999999", "0x1p-99999999999999999999", "1" + "0" * 40, "0x123456789abcdef12345.8",
             "0x1.00000000000008", "0x1.0000000000000800000001", "1.", ".p1", "0x"):
    try:
        print(text, repr(float.fromhex(text)))
    except (OverflowError, ValueError) as e:
        print(text, type(e).__name__, e)
for x in 123.456, 1234.56, 12345.6, 999.95, 1e16, 0.00012345, 0.0:
    print(format(x, ".4"), format(x, ".1"), format(x, ".4g"), format(x, ".6"), format(x, "_.9"), format(x, ".0"))

for name in "struct", "_struct":
    del sys.modules[name]
import struct
for args in ("<I", bytearray(1), 5, 1), ("<I", bytearray(4), sys.maxsize, 1), ("<I", bytearray(4), -2, 1):
    try:
        struct.pack_into(*args)
    except struct.error as e:
        print(e)
try:
    struct.calcsize("i\0i")
except struct.error as e:
    print(e)
print(b"\xed\xa1".decode("utf-8", "replace"), sys.version_info.__match_args__)
import codecs
decoder = codecs.getincrementaldecoder("utf-8")("surrogatepass")
print(ascii([decoder.decode(b) for b in (b"\xed", b"\xa4", b"\x81")]))
for power in (lambda: (1 + 2j) ** float("inf"), lambda: (1 + 2j) ** (1 + 2j), lambda: 0j ** -1, lambda: (1j).__pow__("x", 2), lambda: divmod(1.0, 0)):
    try:
        print(power())
    except ZeroDivisionError as e:
        print(e)
# Messages of wrong arguments.
for call in (lambda: "".splitlines(None), lambda: "".splitlines(2 ** 40), lambda: b"".expandtabs(2 ** 63), lambda: b"x".center(2 ** 63 - 1),
             lambda: [].pop(2 ** 63), lambda: (5).to_bytes(2, 3), lambda: int.from_bytes(type("I", (), {"__index__": len})()), lambda: int(bytearray(b"x")),
             lambda: (1).__format__(None), lambda: (1).__pow__(), lambda: [].__setitem__(1), lambda: b"" + memoryview(b"abcd")[::2], lambda: b"x".hex(3, "a")):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)
print(format("ab", "\u0665"), bytearray(b"ab").ljust(-2 ** 63), b"".__rmod__(bytearray()), BlockingIOError(1, "x", "y").filename)


class Both:
    def __int__(self):
        return 7

    def __index__(self):
        return 8


print("%d %i %x" % (Both(), Both(), Both()))

# Rounding to decimals, where a short exact way and the long one have to agree.
import math
import random
import struct

r = random.Random(5)
numbers = [0.5, 1.5, 2.5, 0.125, 2.675, 1.005, 4.35, 9.995, 99.5, 1e22, 9007199254740993.0, 93557741439718816.0, 0.0, 5e-324, 1.7976931348623157e308]
numbers += [r.random() * 10 ** r.randrange(-5, 20) for _ in range(40)] + [r.randrange(100000) / 8 for _ in range(20)]
numbers += [struct.unpack("d", struct.pack("Q", r.getrandbits(64)))[0] for _ in range(20)]
for x in numbers:
    n = r.randrange(25)
    rounded = [round(x, k) for k in range(-3, 25, 3)] if x < 1e300 else []
    print(repr(x), f"{x:.{n}f}", "%.2f" % -x, f"{x:,.1f} {x:+.0f} {x:#.0f} {x:z.1f}", rounded)
print([math.comb(n, k) for n in range(0, 90, 7) for k in range(0, n + 3, 3)], math.comb(10 ** 20, 3), math.comb(63, 40), math.comb(64, 32))
print(math.prod([1, 2, 3]), math.prod([1.5, 2]), math.prod([], start=5), math.prod([2 ** 40, 2 ** 40]))
