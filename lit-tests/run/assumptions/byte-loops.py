# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Loops over bytes take ints from where they stand, as long as it is an iterator over bytes or a bytearray that gives them.
def crc(data, n):
    s = 0
    for i in range(n):
        for c in data:
            s = (s * 31 + c) & 0xffffffff
    return s
def crc2(data: bytes, n):
    s = 0
    for i in range(n):
        for k, c in enumerate(data):
            s = (s + k * c) & 0xffffffff
    return s
def xor(a, b):
    return bytes([x ^ y for x, y in zip(a, b)])
def lst(data):
    out = []
    for c in data + b"xy":
        out.append(c)
    return out
print(crc(b"hello world", 3), crc(bytearray(b"hello"), 2), crc([1,2,3], 2), crc((1,2,3),2), crc(memoryview(b"abc"), 2), crc(b"", 2))
print(crc2(b"hello world", 3), crc2(bytearray(b"hello"), 2), crc2([1,2,3], 2))
print(xor(b"abc", b"xyz"), xor([1,2],[3,4]), lst(b"ab"), lst(bytearray(b"q")))
class B(bytes):
    pass
class I(bytes):
    def __iter__(self): return iter([7, 8])
print(crc(B(b"hello"), 2), crc(I(b"hello"), 2), lst(B(b"z")))
def grow(a):
    n = 0
    for c in a:
        if n < 5: a.append(c + 1)
        if n == 3: del a[:2]
        n += c
    return n, a
def shrink(data):
    d = data + b""
    it = iter(d)
    t = 0
    for c in it:
        t += c
        if c == 3: break
    return t, list(it)
print(grow(bytearray(b"\1\2\3")), shrink(b"\1\2\3\4\5"), shrink(bytearray(b"\1\2\3\4\5")))
def f(data):
    try:
        for a, b in data + b"x": print(a, b)
    except TypeError as e: print(e)
f(b"ab")
def wide(data):
    x = 0
    for x in data.encode(): pass
    return x
print(wide("abc"), wide(""))
def fl(data):
    s = 0.5
    for x in b"" + data:
        s += x * 0.25
        x = x * 1.5
        s += x
    return s
print(fl(b"abc"))
import struct
for order in "<>=!@":
    for code in "bBhHiIlLqQ" if order == "@" else "bBhHiIqQ":
        size = struct.calcsize(order + code)
        for v in (0, 1, -1, 5, 127, 128, 255, 256, 2**15, -2**15, 2**16 - 1, 2**31, -2**31, 2**32 - 1, 2**61, -2**61, 2**63 - 1, -2**63, 2**64 - 1):
            try:
                packed = struct.pack(order + code, v)
                assert struct.unpack(order + code, packed) == (v,) and len(packed) == size
                print(order, code, packed.hex(), end=" ")
            except struct.error as e:
                print(order, code, "-", end=" ")
    print()
for data in (b"", b"\x01", b"\xff", b"\x80\x00", b"\x7f\xff\x01", b"\xff" * 4, b"\x80" + b"\0" * 4, b"\1\2\3\4\5\6\7", b"\xff" * 8, b"\x80" + b"\0" * 7, b"\x7f" + b"\xff" * 7, b"\1" * 9, b"\x80" + b"\0" * 8):
    print([int.from_bytes(data, order, signed=signed) for order in ("little", "big") for signed in (False, True)])
held = bytearray()
for part in (b"", b"ab", b"c" * 40, bytearray(b"de"), memoryview(b"fg"), held):
    other = held
    try:
        held += part
    except BufferError as e:
        print(e)
    print(held, held is other)
view = memoryview(held)
try:
    held += b"x"
except BufferError as e:
    print(e)
held += b""
print(len(held))
