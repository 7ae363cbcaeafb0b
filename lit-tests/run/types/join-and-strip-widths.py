# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# join() makes the narrowest text of its pieces, and strip() of a set compares characters, in each combination of widths.

class Own(str):
    pass


pieces = "", "a", "bc", "\xe9", "\xe9a", "\u20ac", "\u20acb", "\U0001f40d", Own(""), Own("o"), Own("\xe9"), Own("\u20ac")
for sep in "", "-", ", ", "\xe9", "\u20ac", "\U0001f40d", Own(""), Own("\xdf"):
    for first in pieces:
        made = [sep.join(items) for items in ([first], [first, "x"], ["", first], (first, first, ""), ["", "", first, "y"])]
        print(ascii(made), [type(text).__name__ for text in made], [text.isascii() for text in made])
        assert all(text == "".join(text) and hash(text) == hash("" + text) for text in made)
for bad in [1], ["a", None], ["a", b"b", "c"], [Own("a"), 2.5]:
    try:
        print("-".join(bad))
    except TypeError as e:
        print(e)

texts = "", "-", "--a--", "a", "\xe9-\xe9", "\u20ac-a-\u20ac", "a\u20aca", "\xad-\u2d2d-", "-\U0001f40d-", "abcba"
for chars in "", "-", "-a", "ab", "\xe9", "\xe9-", "\u20ac", "-\u20ac", "\U0001f40d-", "\u2d2d", "\u0161", None:
    print(ascii(chars), ascii([(text.strip(chars), text.lstrip(chars), text.rstrip(chars)) for text in texts]))
print(texts[3].strip("-") is texts[3])
