# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Bytes of all short lengths, and those that are one or none: by every way of copying, comparing, taking apart and joining them.
import codecs


def same(a, b):
    return a is b


data = bytes(range(65, 91)) + bytes(range(97, 123)) + b"\x00\x80\xff"
pieces = [data[:n] for n in range(40)] + [data[-n:] for n in range(1, 20)]


def summed():
    total = 0
    for a in pieces:
        for b in pieces:
            c = a + b
            assert len(c) == len(a) + len(b) and c[: len(a)] == a and c[len(a) :] == b
            d = a
            d += b
            assert d == c and a + b == d and not d != c
            total += len(d)
    return total


print(summed())


def appended_alone(n):
    b = b""
    seen = []
    for i in range(n):
        b += data[i % 55 : i % 55 + i % 4]
        if i % 1000 == 0:
            seen.append((b, hash(b)))  # so others hold it
    assert all(hash(bytes(bytearray(b))) == h for b, h in seen)
    return len(b), len({b for b, _ in seen}), [len(b) for b, _ in seen]


print(appended_alone(4500))
b = data[:3]
kept = b
b += b
print(b, kept)
b += b""
b = b"" + b
b += data[:0]
print(b, b"" + b is b, b + b"" is b)


def ordered(a, b):
    return a < b, a <= b, a == b, a != b, a > b, a >= b


print(ordered(data[:3], data[:4]), ordered(data[1:3], data[:4]), ordered(data[:4], bytes(bytearray(data[:4]))))
for n in range(1, 36):
    for at in {0, n // 2, n - 1}:
        other = bytearray(data[:n])
        other[at] ^= 1
        assert bytes(other) != data[:n] and not bytes(other) == data[:n] and bytes(other) < data[:n] or other[at] > data[at]


class Mine(bytes):
    def __eq__(self, other):
        return "mine"

    __hash__ = bytes.__hash__


print(Mine(b"ab") == b"ab", b"ab" == Mine(b"ab"), Mine(b"ab") + b"c", type(Mine(b"ab") + b"c").__name__)
print(b"a" == 97, b"a" == "a", b"a" != bytearray(b"a"), b"a" == memoryview(b"a"))

# slices
whole = data[:20]
print([whole[i:j] for i in (-25, -3, 0, 2, 19, 30) for j in (-22, -1, 0, 5, 25)])
print(whole[:] is whole, whole[0:99] is whole, whole[5:6] is data[5:6], same(whole[3:3], b""), whole[::-3], whole[:5:2])
print(bytearray(whole)[2:6], bytearray(whole)[-3:], bytes(memoryview(whole)[2:6]), memoryview(whole)[1:9:3].tolist())

# letters
every = bytes(range(256))
for n in range(12):
    for base in (60, 86, 118, 122, 190, 218, 245):
        part = every[base : base + n]
        assert part.lower() == bytes(c + 32 if 65 <= c <= 90 else c for c in part)
        assert part.upper() == bytes(c - 32 if 97 <= c <= 122 else c for c in part)
        assert part.swapcase().swapcase() == part
        text = part.decode("latin-1")
        if text.isascii():
            assert text.lower().encode() == part.lower() and text.upper().encode() == part.upper()
print(every.lower() == bytes(c + 32 if 65 <= c <= 90 else c for c in every), bytearray(b"Az").swapcase())

# taking apart and joining
for n in range(30):
    for at in range(n):
        part = data[:at] + b"-" + data[at:n]
        assert part.split(b"-") == [data[:at], data[at:n]] and b"-".join(part.split(b"-")) == part
        assert part.decode("latin-1").split("-") == [data[:at].decode("latin-1"), data[at:n].decode("latin-1")]
print(b"-a--b-".split(b"-"), b"-a--b-".split(b"-", 2), b"a-b-c".split(b"-", 0), b"".split(b"-"), b"-".split(b"-"), bytearray(b"a-b").split(b"-"))
print(b"--------------------".split(b"-", 9), ("x" * 40 + "-" + "y").split("-")[1:], (b"x" * 40 + b"-" + b"y").split(b"-")[1:])
text = data[:9]
print(text.split(b"-")[0] is text, Mine(b"ab").split(b"-"), type(Mine(b"ab").split(b"-")[0]).__name__)
print(b"".join([]), b"".join([b"", b""]), b"".join([b"", b"a", b""]), b"-".join([b"", b""]), b", ".join((b"a", bytearray(b"bc"), memoryview(b"d"))))
print(bytearray(b"-").join([b"a", b"b"]), b"-".join(filter(None, [b"", b"ab", b"", b"c"])), b"-".join([Mine(b"xy")]), type(b"-".join([Mine(b"xy")])).__name__)
for wrong in ([b"a", "b"], ["a"], 5):
    try:
        b"-".join(wrong)
    except TypeError as e:
        print(e)

# replacing
print(b"a-b-c".replace(b"-", b"/"), b"a-b-c".replace(b"-", b"/", 1), b"a-b-c".replace(b"-", b"/", 0), b"-".replace(b"-", b"/"))
print(b"abc".replace(b"x", b"y"), b"aaa".replace(b"a", b""), b"aaa".replace(b"a", b"bc", 2), bytearray(b"a-b-").replace(b"-", b"+", 1), b"".replace(b"a", b"b"), b"ab".replace(b"", b"-"))

# formats
print(same(b"%s" % b"a", b"a"), b"%s-%s" % (b"ab", b"c"), b"%d%%" % 5, b"%s%d%b" % (b"x", -12, b"y" * 40), b"%" b"%" % (), b"a%sb" % bytearray(b"zz"))
for format, args in ((b"%s", ()), (b"%s", (b"a", b"b")), (b"%", (b"a",)), (b"ab%", b"a"), (b"%s", "text"), (b"%y", b"a")):
    try:
        print(format % args)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)


print(b"ab%s" % (b"c",))

# made of items
print(bytes([]), bytes([7]), bytes((1, 2, 255)), bytes([True, 2]), bytearray([3, 4]), bytes([5]) == bytes((5,)))
for wrong in ([256], [-1, 2], [1, 2, 300], ["a"], [1, None], (1.0, 2)):
    for kind in (bytes, bytearray):
        try:
            print(kind(wrong))
        except (TypeError, ValueError) as e:
            print(type(e).__name__, e)


class Index:
    def __index__(self):
        items.clear()
        return 1


items = [65, Index(), 66, 67]
print(bytes(items), items)


class Bytes(list):
    def __bytes__(self):
        return b"from method"


print(bytes(Bytes([1])), bytes(x for x in [1, 2]))

# encodings by name
text = "na\xefve \u20ac"
for name in ("utf8", "utf-8", "UTF-8", "utf_16_le", "U8", "latin-1", "ascii", "iso8859-1", "cp1252", "nonesuch", "a\0b", "", "\u20ac"):
    for t in ("abc", "", text):
        try:
            made = t.encode(name)
            print(name, made, made.decode(name) == t, str(made, name) == t, bytearray(made).decode(name) == t)
        except (UnicodeError, LookupError, ValueError) as e:
            print(ascii(name), type(e).__name__, ascii(e))
for name in ("utf8", "ascii", "latin-1", "utf-16-be"):
    for wrong in (b"\xff\xfe\xfd", bytearray(b"\xe9")):
        try:
            print(ascii(wrong.decode(name)), ascii(wrong.decode(name, "replace")))
        except UnicodeError as e:
            print(e)
for arguments in ((5,), (None,), ("ascii", 5)):
    for f in ("abc".encode, b"abc".decode):
        try:
            print(f(*arguments))
        except TypeError as e:
            print(e)
print("\ud800".encode("utf-8", "surrogatepass"), "abc".encode(encoding="ascii"), b"abc".decode(errors="strict", encoding="latin-1"))
codecs.register(lambda name: codecs.lookup("ascii") if name == "mine" else None)
for _ in range(3):
    print("abc".encode("mine"), b"abc".decode("mine"))

# what a str does alike
for n in range(40):
    for m in (0, 1, 2, 5, 9, 17, 33):
        s, t = data[:n].decode("latin-1"), data[3 : 3 + m].decode("latin-1")
        assert (s + t).encode("latin-1") == data[:n] + data[3 : 3 + m]
        assert "-".join([s, t, ""]).encode("latin-1") == b"-".join([data[:n], data[3 : 3 + m], b""])
        assert "%s-%s" % (s, t) == s + "-" + t == "{}-{}".format(s, t)
        assert (s + "." == t + ".") == (s == t)
print("{{{}}}".format(1), "{:>3}{!r}".format(1, "a"), "ab{0}cd{0}efgh{1}}}".format("\u20ac", 2), "\u20ac{}\u20ac".format("x"), "no field".format(1))
for wrong in ("}", "abcdefgh}", "{", "abcdefghi{", "a{b", "{}{0}", "}{"):
    try:
        print(wrong.format(1))
    except (ValueError, KeyError) as e:
        print(type(e).__name__, e)

# truth by length
print(list(filter(None, [b"", b"a", "", "b", [], [0], (), (0,), {}, {1: 2}, set(), {1}, 0.0, 0.5, range(0), range(1), bytearray(), bytearray(1), None])))
