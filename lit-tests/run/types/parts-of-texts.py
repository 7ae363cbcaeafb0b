# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Boundaries of lines are looked for by sixteens and eights: every control character at every place, and both sides of partition.
import hashlib

seen = hashlib.md5()
for width in ("", "\xe9", "\u20ac", "\U0001f600"):
    for length in (1, 2, 7, 8, 9, 15, 16, 17, 23, 24, 25, 31, 33, 40):
        for boundary in ("\n", "\r", "\r\n", "\t", "\x0b", "\x1c", "\x1f", "\x85", "\u2028", "\x00", "\xa0", "\n\r", "\t\n\x01"):
            for at in range(length):
                text = "a" * at + boundary + "b" * (length - at - 1) + width
                for keep in (False, True):
                    seen.update(repr(text.splitlines(keep)).encode())
                seen.update(repr((text + text).splitlines()).encode())
                seen.update(repr((text.partition(boundary), text.rpartition(boundary))).encode())
print(seen.hexdigest())
print("".splitlines(), "\n".splitlines(), "\n".splitlines(True), "a\x85b".splitlines(), "\t a \x1f!\x7f\x80".splitlines())


class Text(str):
    pass


whole, separator = Text("key=value"), Text("=")
parts = whole.partition(separator)
print(parts, parts[1] is separator, [type(part).__name__ for part in parts])
print([type(part).__name__ for part in whole.partition("?")], [type(part).__name__ for part in whole.rpartition("?")])


class Bytes(bytes):
    pass


print([type(part).__name__ for part in Bytes(b"ab").partition(b"x") + Bytes(b"ab").rpartition(b"x") + bytearray(b"ab").partition(b"x")])
print("a=b=c".rpartition("="), "=".partition("="), "=x".rpartition("="), "\u20ac=\u20ac".partition("="), "abc".partition("\u20ac"))
for method in (str.partition, str.rpartition):
    for wrong in ("", 5, None):
        try:
            print(method("abc", wrong))
        except (TypeError, ValueError) as e:
            print(type(e).__name__, e)

# An encoding that is not given is UTF-8, of a text of any width and class.
print("plain".encode(), "".encode(), "x".encode(), "\xe9".encode(), Text("key").encode(), type(Text("key").encode()).__name__)
print("caf\xe9".encode("latin-1"), "plain".encode(errors="ignore"), "a\ud800".encode(errors="replace"))
try:
    "a\ud800".encode()
except UnicodeEncodeError as e:
    print(e)

# Ints of many limbs, beside small ones and bools.
a, b = 3 ** 100, 3 ** 100 + 1
for x, y in ((a, b), (b, a), (a, 3 ** 100), (-a, a), (a, 5), (5, -a), (True, a), (-a, False), (a, 1.5), (a, float("inf"))):
    print(x == y, x != y, x < y, x <= y, x > y, x >= y)
