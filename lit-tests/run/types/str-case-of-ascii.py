# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Case conversions of ASCII text go eight characters at a time: all characters, all lengths around that.
import hashlib

everything = "".join(map(chr, range(128)))
for f in (str.upper, str.lower, str.swapcase, str.casefold, str.capitalize, str.title):
    digest = hashlib.md5()
    for length in range(26):
        for start in range(128):
            text = (everything * 2)[start:start + length]
            digest.update(f(text).encode() + b"|")
    print(f.__name__, digest.hexdigest(), repr(f("tHE qUICK @[`{ fOX")), repr(f(everything)))

print("ſtraße İ ŉ ΑΣ".swapcase(), "ſtraße".capitalize(), "ß".capitalize(), "ǆ".capitalize(), repr("".capitalize()), "q".capitalize(), "Q".swapcase())

class Text(str): pass
for f in (str.upper, str.swapcase, str.capitalize, str.expandtabs): print(type(f(Text("aB c"))).__name__, f(Text("aB c")))

plain = "no tabs here"
print(plain.expandtabs() is plain, "a\tb\nc\td\r\te".expandtabs(4).encode(), "\t".expandtabs(0).encode(), "ä\t☃\t𝄞\tx".expandtabs(3), "\t\ta".expandtabs(2).encode(), repr("".expandtabs()))
