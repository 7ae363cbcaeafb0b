# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Bytes and bytearrays compared, copied into each other, replaced, and taken as items.


class Bytes(bytes):
    def __eq__(self, other):
        return "mine"

    __hash__ = bytes.__hash__


class Array(bytearray):
    def __bytes__(self):
        return b"of the class"


for a in (b"abc", bytearray(b"abc"), b"", bytearray()):
    for b in (b"abc", bytearray(b"abd"), bytearray(b"ab"), b"", memoryview(b"abc"), "abc", 5, Array(b"abc")):
        print(a == b, a != b, end=" ")
        try:
            print(a < b, a >= b, end=" ")
        except TypeError as e:
            print(e, end=" ")
    print()
print(bytearray(b"abc") == Bytes(b"abc"), Bytes(b"abc") == bytearray(b"abc"), bytearray(b"abc") != Bytes(b"abd"))

for source in (bytearray(b"abc"), bytearray(b"a"), bytearray(), Array(b"abc")):
    print(bytes(source), bytearray(source), bytearray(source) is source)
print(bytes(bytearray()) is bytes())

for text in (b"the quick brown fox", bytearray(b"fox fox"), b"", b"f", bytearray(b"aaaa")):
    for old, new in ((b"fox", b"dog"), (b"fox", b""), (b"o", b"0"), (b"o", b"oo"), (b"", b"-"), (b"aa", b"b"), (b"f", b""), (b"", b"")):
        print(text.replace(old, new), text.replace(old, new, 1), text.replace(old, new, 0), end=" ")
    print()
print(b"fox".replace(b"fox", b"a"), b"aXbXc".replace(b"X", b"::", 1), b"aXbXc".replace(bytearray(b"X"), memoryview(b"..")))

print(list(b"abc"), tuple(bytearray(b"abc")), [*b"xy"], list(b""), sum(b"abc"), sorted(b"cab"), set(b"aab"))
it = iter(b"abcdef")
print(next(it), list(it), list(it), next(it, "end"))
grown = bytearray(b"ab")
it = iter(grown)
print(next(it))
grown += b"cd"
print(list(it))
grown += b"e"
print(list(it))
shrunk = bytearray(b"abcd")
it = iter(shrunk)
next(it), next(it), next(it)
del shrunk[1:]
print(list(it))
l = [0]
l.extend(b"xyz")
l[1:2] = bytearray(b"12")
print(l, it.__length_hint__())
