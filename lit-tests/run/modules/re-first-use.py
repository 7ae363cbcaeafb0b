# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What is worked out of a pattern when it is used first: by a match, by a search, by a scanner, in texts of every width, by one after the
# other; and what the compiler of patterns hands over.
import _sre
import re

PATTERNS = [r"\d+:\w", r"(?:foo|bar|baz|quux)\d", r"[a-f]+;", r"(?i)straße|É\w", r"\bword\b", r"^x|y$", r"a*?b", r"(?m)^line", r"xyz", r"."]
TEXTS = ["foo7 12:a deadbeef; STRASSE straße éa Éb a word here", "x\nline\ny", "ααα foo7 12:a \U0001f600 xyz word deadbeef;", "", "y", "aaab" * 40]


def show(found):
    return found and (found.span(), found.group())


for pattern in PATTERNS:
    for first in ("match", "search", "fullmatch", "findall", "split", "sub", "finditer"):
        re.purge()
        p = re.compile(pattern)
        for text in TEXTS:
            if first == "sub":
                p.sub("<>", text)
            elif first == "finditer":
                next(p.finditer(text), None)
            else:
                getattr(p, first)(text)
            line = [show(p.match(text)), show(p.search(text)), show(p.fullmatch(text)), p.findall(text)[:3]]
            if first == "match":
                print(pattern, ascii(line))
            again = [show(p.match(text)), show(p.search(text)), show(p.fullmatch(text)), p.findall(text)[:3]]
            assert line == again

for bad in (object(), 1.5, -1, 2 ** 32, "x", None, 10 ** 30):
    try:
        print(_sre.compile("a", 0, [bad], 0, {}, ()))
    except OverflowError as e:
        print(type(e).__name__, e)


class Code(int):
    pass


print(_sre.compile("a", 0, [Code(1)], 0, {}, ()).match("a"))
