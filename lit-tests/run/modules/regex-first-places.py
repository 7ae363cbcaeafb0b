# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Long texts are searched by what the first places of a match may be; here what match() says of each place is compared.
import random, re
PATTERNS = ["agggtaaa|tttaccct", "[cgt]gggtaaa|tttaccc[acg]", "a[act]gg|tt[agt]t", "(ag|tc)(?=g)", "g+t", "[^acg]t", r"\bac|ca\b",
            "|".join("acgt"[i % 4] + "acgt"[i // 4] + "gt" for i in range(14)), "(?:a|cc)g", "(?i:AG[CT])", "x?ag", ".gg.", "(?<!a)gt", "(?m)^ga|tg$",
            r"\d\d|[\xe0-\xff]a", "gat|", "^cg", r"(?s)t.a", "a(?!c)g", "c[ag]{2}t"]
def spans(p, text, pos, endpos):
    found, at, last = [], pos, -1
    while at <= endpos:
        m = p.match(text, at, endpos)
        if m and not (m.end() == m.start() == last):
            found.append(m.span())
            at = last = m.end()
            if m.end() > m.start(): continue
        at += 1
    return found
r = random.Random(3)
checked = 0
for text in ["".join(r.choices(letters, k=n)) for n in (60, 64, 65, 66, 67, 96, 97, 98, 99, 128, 300, 700) for letters in ("acgt", "acgtACGT\n 01\xe9", "acgt\u20ac")]:
    for pattern in PATTERNS:
        for flags in (0, re.I):
            p = re.compile(pattern, flags)
            for pos, endpos in ((0, len(text)), (3, len(text) - 2)):
                got = [m.span() for m in p.finditer(text, pos, endpos)]
                if "|" in pattern and pattern.endswith("|"):
                    print(len(got)) # finds what is empty, too
                else:
                    assert got == spans(p, text, pos, endpos), (pattern, text, got)
                    checked += len(got)
            if text.isascii():
                b = re.compile(pattern.encode("latin-1"), flags)
                assert [m.span() for m in b.finditer(text.encode())] == [m.span() for m in p.finditer(text)] or "\\x" in pattern
print(checked)
data = bytes(r.choices(b"acgt", k=5000))
print(len(re.findall(b"agg|tta[ct]", data)), re.sub(b"agg|tta[ct]", b"<>", data).count(b"<>"), re.subn(b"(gg)|aa", rb"[\1]", data, 7)[1])
print(re.sub(b"ac", b"", bytearray(b"gac" * 40)), re.sub(b"ac", b"-", memoryview(b"tac" * 30)), re.sub(b"x", b"y", b"ab" * 50) == b"ab" * 50)
