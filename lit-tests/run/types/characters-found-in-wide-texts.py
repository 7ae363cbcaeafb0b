# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Searching for one character, wherever it stands in texts of each width and of lengths around those that are looked at at once.
for fill, c in ("a", "<"), ("\u00e9", "<"), ("\u2026", "<"), ("\u2026", "\u2027"), ("\u2026", "\uff26"), ("\U0001f600", "<"), ("\U0001f600", "\u2026"):
    for n in 1, 2, 7, 8, 9, 15, 16, 17, 24, 31, 33:
        for at in range(n):
            text = fill * at + c + fill * (n - 1 - at)
            assert text.find(c) == text.index(c) == at, (n, at)
            assert text.find(c, at + 1) == -1 and c in text and text.count(c) == 1
            assert text.replace(c, "&lt;") == fill * at + "&lt;" + fill * (n - 1 - at)
            assert text.replace(c, "!") == fill * at + "!" + fill * (n - 1 - at)
            assert text.replace(c, "") == fill * (n - 1) and text.replace(c, c) is text
            assert text.split(c) == [fill * at, fill * (n - 1 - at)]
        whole = fill * n
        assert whole.find(c) == -1 and c not in whole
        # Of what has nothing to replace comes the text itself.
        assert whole.replace(c, "x") is whole and whole.replace(c, "x", 0) is whole and whole.replace(c, "\u2026") is whole
    print(ascii(fill), ascii(c), ascii((fill + c).replace(c, "/") * 2))


class Text(str):
    pass


own = Text("plain")
print(type(own.replace("<", "&lt;")), own.replace("<", "&lt;") == own, type(own.replace("p", "b")), "plain".replace(Text("p"), Text("b")))
print("<a<b<".replace("<", "[", 2), "<a<b<".replace("<", "[", -1), "<a<b<".replace("<", "[", 0), "<a<b<".replace("<", "[[", True))
for arguments in ("<", 1), (1, "<"), (None, None), ("<",), ("<", "x", "y"), ("<", b"x"):
    try:
        print("plain".replace(*arguments))
    except TypeError as error:
        print(error)
