# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# All occurrences of a text in another, counted and replaced: near the ends, one behind the other, overlapping, in texts of every width, and where
# much looks like them.


def places(text, part, most):
    found, at = [], 0
    while len(found) != most:
        at = text.find(part, at)
        if at < 0:
            break
        found.append(at)
        at += len(part)
    return found


def replaced(text, part, by, most):
    out, done = text[:0], 0
    for at in places(text, part, most):
        out += text[done:at] + by
        done = at + len(part)
    return out + text[done:]


def check(text, part, by):
    bad = 0
    if text.count(part) != len(places(text, part, -1)):
        print("count", repr(text), repr(part))
    for most in (-1, 0, 1, 2, 3, 50):
        if text.replace(part, by, most) != replaced(text, part, by, most):
            print("replace", repr(text), repr(part), repr(by), most)
            bad += 1
    return bad


def texts():
    seed = 1
    for length in list(range(0, 40)) + [63, 64, 65, 100, 257]:
        for alphabet in ("ab", "aab", "abc ", "a"):
            out = []
            for _ in range(length):
                seed = (seed * 1103515245 + 12345) % 2147483648
                out.append(alphabet[seed // 65536 % len(alphabet)])
            yield "".join(out)


bad = 0
for text in texts():
    for part, by in (("ab", "xy"), ("aa", "b"), ("aba", "xyz!"), ("abab", ""), ("a", "bb"), ("bc a", "1234"), ("aaaaaaaaa", "X"), ("aaaaaaaaaaaa", "aaaaaaaaaaaa")):
        bad += check(text, part, by)
        bad += check(text.encode(), part.encode(), by.encode())
        bad += check(bytearray(text.encode()), part.encode(), by.encode())
        bad += check(text.replace("b", "\xe9"), part.replace("b", "\xe9"), by)
        bad += check(text.replace("b", "\u20ac"), part.replace("b", "\u20ac"), by + "\U0001f600")
        bad += check(text + "\U0001f600", part, by)
print(bad)
long = "a" * 5000 + "b" + "a" * 5000
print(long.count("aaab"), long.count("ab"), long.count("aaaaaaaaaaab"), len(long.replace("a" * 7 + "b", "")), long.encode().count(b"ba"))
print(("abc def " * 2000).replace("def", "xy") == "abc xy " * 2000, (b"abc def " * 2000).replace(b"def", b"xyz") == b"abc xyz " * 2000)
print(("abc def " * 2000).replace("def", "longer", 700).count("longer"), (b"abc def " * 2000).replace(b" ", b"  ").count(b"  "))
print(b"abc".replace(b"", b""), b"".replace(b"", b""), bytearray(b"abc").replace(b"", b""), b"".replace(b"", b"x"), b"a".replace(b"a", b"b"), b"ab".replace(b"b", b""))
