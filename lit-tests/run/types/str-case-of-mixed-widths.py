# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Case mappings that keep a text's width, widen it, narrow it or change its length, at every place of a block of eight.
import hashlib

METHODS = (str.upper, str.lower, str.swapcase, str.casefold, str.capitalize, str.title)
# Stays, widens (ÿ µ ß ŉ), narrows (Kelvin, Ångström, ſ), grows (ﬃ ΐ İ), the sigma at the end of a word, astral letters.
odd = "é É ÿ µ ß ŉ \u212a \u212b ſ ﬃ ΐ İ ı Σ Ǆ ǅ 中 \U00010400 \U00010428 \ud800".split()
for f in METHODS:
    digest = hashlib.md5()
    for c in odd:
        for length in range(1, 20):
            for at in range(length):
                for fill in "aZ", "b1", "Ab":
                    text = (fill * length)[:at] + c + (fill * length)[at + 1:length]
                    made = f(text)
                    digest.update(made.encode("utf-16", "surrogatepass") + ascii(made).encode())
                    # Narrow results are equal to, and hash as, texts made in another way.
                    assert hash(made) == hash("".join(list(made))) and made == "".join(list(made))
                    assert made.isascii() == all(ord(x) < 128 for x in made)
    print(f.__name__, digest.hexdigest())

for text in "\u212a", "ß", "ÿ", "É", "Σ", "", "aΣ", "aΣb", "ΑΣ ΑΣΑ", "\u212aa", "a" * 9 + "\u212a", "é" * 17, "中Ab" * 9:
    print(*(ascii(f(text)) for f in METHODS))
