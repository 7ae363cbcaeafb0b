# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Characters found at every place of texts of every short length, replaced, and numbers read from texts of every length.
from itertools import product

for n in range(0, 45):
    text = "abcdefghij"[: n % 11].ljust(n, ".")
    for at in range(n):
        t = text[:at] + "#" + text[at + 1 :]
        twice = t + "#"
        assert t.find("#") == at == t.index("#") == twice.find("#") == t.encode().find(b"#"), (t, at)
        assert t.find("#", at) == at and t.find("#", at + 1) == -1 and t.find("#", 0, at) == -1
        assert t[at:].find("#") == 0 and t.rfind("#") == at and t.count("#") == 1
        assert t.replace("#", "--") == text[:at] + "--" + text[at + 1 :] and t.replace("#", "") == text[:at] + text[at + 1 :]
        assert twice.replace("#", "$$", 1) == t.replace("#", "$$") + "#" and twice.replace("#", "\u20ac") == t.replace("#", "\u20ac") + "\u20ac"
        assert t.split("#") == [text[:at], text[at + 1 :]] and t.partition("#") == (text[:at], "#", text[at + 1 :])
        assert ("\xe9" + t).replace("#", "\xe9\xe9") == "\xe9" + text[:at] + "\xe9\xe9" + text[at + 1 :]
    assert text.find("#") == -1 and text.replace("#", "!!") is text and text.replace("#.", "!") is text and "#" not in text
    # Bytes that differ in one bit from the wanted one, below and above a hit.
    for c in "\x22\x23\x24\xa3\x00":
        assert (c * n).find("#") == (0 if c == "#" and n else -1), (c, n)
        assert (c * n + "#").find("#") == (n if c != "#" else 0), (c, n)
print("found")
print("aXbXc".replace("X", ""), "aXbXc".replace("X", "", 1), "XX".replace("X", ""), "X".replace("X", "y"), "XX".replace("XX", "y"), "aaa".replace("aa", "b"), "".replace("x", "y"), "ab".replace("", "-"), "\xe9x".replace("x", "yy"), "\xe9x".replace("\xe9", "e") == "ex", "\u20acx".replace("x", "\xe9"), "xx".replace("x", "\U0001f600", 1))


class Text(str):
    pass


print(type(Text("abc").replace("z", "yy")), type(Text("abc").replace("a", "yy")), Text("abc").replace("z", "yy"), Text("aXc").find("X"))

for n in list(range(1, 60)) + [99, 100, 101, 700, 2100]:
    digits = "".join(str(i * 7 % 10) for i in range(1, n + 1))
    value = int(digits)
    assert str(value) == digits.lstrip("0"), n
    assert int("-" + digits) == -value == int("  -" + digits + "\n") and int("+" + digits) == value and int("000" + digits) == value
    assert int(digits.encode()) == value == int(digits, 10) and int("_".join(digits)) == value
    if n < 100:
        for place, bad in product(range(n + 1), "/:a_ ."):
            wrong = digits[:place] + bad + digits[place:]
            try:
                read = int(wrong)
            except ValueError as error:
                assert str(error) == "invalid literal for int() with base 10: %.200r" % wrong, error
            else:
                assert bad in "_ " and str(read) == digits.lstrip("0"), wrong
print("read")
for text in ("", "-", "+", " ", "--1", "1 2", "0", "-0", "00", "0_0", "_1", "1_", "1__2", "9" * 18, "9" * 19, "-" + "9" * 18, "9223372036854775807", "9223372036854775808", "4611686018427387904", "-4611686018427387905", "\u0661\u0662", "\xb2", "1\x00", "1" * 5000, "0" * 5000 + "1", "12345678x", "123456789012345678x"):
    for base in (10, 0, 16):
        try:
            print(int(text, base), end=" ")
        except ValueError as error:
            print(str(error)[:90], end=" ")
    print()

symbols = "0123456789abcdefghijklmnopqrstuvwxyz"
for base in range(2, 37):
    for n in range(1, 24):
        text = "".join(symbols[(i * 7 + base) % base] for i in range(n, 0, -1))
        value = 0
        for c in text:
            value = value * base + symbols.index(c)
        assert int(text, base) == value == int(text.upper(), base) == int("_".join(text), base) and int("-" + text, base) == -value, (text, base)
        for bad in symbols[base : base + 1] + "-/:@[`{":
            try:
                print("read", int(text + bad, base), text, bad)
            except ValueError as error:
                assert str(error) == "invalid literal for int() with base %d: %r" % (base, text + bad), error
for text in ("0x1f", "0X_1F", "0b101", "0o17", "0x", "0b2", "0x-1", "- 0x1", "-0x1f", "0_x1", "b1", "0b1"):
    for base in (0, 2, 8, 16):
        try:
            print(int(text, base), end=" ")
        except ValueError as error:
            print("-", end=" ")
print()

# Bytes in words, and ordered pairs.
from collections import OrderedDict

for count in (0, 1, 3, 11, 12, 13, 40):
    data = b" ".join(b"w%d" % i for i in range(count))
    assert data.split() == [b"w%d" % i for i in range(count)] == data.replace(b" ", b"\t \n").split() and data.rsplit(None, 2) == data.decode().rsplit(None, 2).__class__(p.encode() for p in data.decode().rsplit(None, 2))
    assert bytearray(data).split(b" ") == data.split(b" ") and data.splitlines() == [data][: len(data)]


class Key:
    hash = 1

    def __hash__(self):
        return Key.hash


pairs = OrderedDict([("a", 1), (2, [3]), ((4,), 5), (Key(), 6)])
print(list(pairs.items())[:3], list(reversed(pairs.items()))[1:], list(pairs.values()))
Key.hash = 2
try:
    for item in pairs.items():
        print(type(item), item[1])
except KeyError as error:
    print("KeyError")
