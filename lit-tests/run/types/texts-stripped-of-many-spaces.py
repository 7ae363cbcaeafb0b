# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# strip() of texts with few and many spaces at their ends, spaces of other kinds among them, and nothing else.
for n in (0, 1, 2, 7, 8, 9, 15, 16, 17, 24, 40):
    for inner in ("", "x", "a b", "a" + " " * 20 + "b", "\xe9", "\u20ac", "\x00"):
        for space in (" ", "\t", " \n", "\x1f", "\xa0", "\u2003", " " * 9 + "\t"):
            text = space * n + inner + space * n
            left, right = space * n + inner, inner + space * n
            ok = text.strip() == inner and text.lstrip() == right and text.rstrip() == left if inner else text.strip() == text.lstrip() == text.rstrip() == ""
            if not ok:
                print(n, repr(inner), repr(space), repr(text.strip()), repr(text.lstrip()), repr(text.rstrip()))
            assert text.strip(None) == text.strip()
text = "x"
print(text.strip() is text, "  ".strip() == "", repr("        a        ".strip()), repr(("\u20ac" + " " * 30).strip()))
