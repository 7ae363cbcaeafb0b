# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Lines and digits, in pieces of all sizes around those that are looked at together.
import io
import zlib

for end in ("\n", "\r", "\r\n", "\x0b", "\x1c", "\x1e", "\x85", "\u2028", "\t", "\x1f", "\x7f", "\xa0"):
    for n in (0, 1, 15, 16, 17, 31, 32, 33, 50):
        seen = []
        for filler in ("a", "é", "中", "\t"):
            text = filler * n + end + filler * (n // 2) + end + end
            seen += [text.splitlines(), text.splitlines(True)]
            seen += [io.StringIO(text, newline).readlines() for newline in ("\n", "\r", "\r\n", "", None)]
            stream = io.StringIO(text)
            seen += [stream.readline(n), stream.readline(3), stream.readline()]
        print(n, ascii(end), [len(line) for line in seen[0]], zlib.crc32(ascii(seen).encode()))
for number in (0, 1, -1, 255, -256, 2**40, -(2**60), 2**61 - 1):
    print(bin(number), oct(number), hex(number), f"{number:b} {number:o} {number:X}")
data = bytes(range(256)) * 2
for made in (data.upper(), data.lower(), data.swapcase(), data.title(), data.capitalize(), bytearray(data[:33]).upper(), b"".upper()):
    print(made)
