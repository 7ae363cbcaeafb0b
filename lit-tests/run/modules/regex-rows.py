# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Rows of one kind of characters behind which none of them can stand, alternatives that the next character rules out, and borders of words:
# what search() finds is compared with what match() says of each place.
import re

PATTERNS = [r"(\w+)=(\d+)", r"\w+:", r"\d{2,}-", r"(\d+)(?:\.(\d+))?;", r"[a-c]+b", r"[a-c]+(?=b)", r"\w+é", r"[^=]*=", r"[^=]+=x",
            r"(?P<n>\d+)|(?P<w>[a-z]\w*)|(?P<s>\s{2,})|(?P<o>[=:;])", r"(?:(a+)|(b?)|(\d+))x", r"\b\w{3}\b", r"\bx+", r"\b=", r"\Bx+\b",
            r"\bé\w*", r"(?a)\bé|\b\w+", r"(?i)[a-c]+D", r"(?i)x+K", r"(\w+)\s+\1", r"^\w+$", r"(?m)^\s*\w+ =", r"\w+\Z", r"(?:\w+=)+", r"a+?b|a++c",
            r"\w+?=", r"(?s)\w+.", r"\w{2}=", r"\w{3,}="]
TEXTS = ["", "a", "=", "ab=12", "abc=1; x2=34;dd=5", "xx = xx  xx\nab =1\n  c =", "aab aac abcb", "12-345-6 7.8; 9;", "é éa=1 aé: xéx=22", "ΩΩ=1 xΩ=2 é=3",
         "xxK xxk XX\u212a", "one two three " * 12, "k=v;" * 30 + "last", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=b"]


def byHand(pattern, text):
    found = []
    at = 0
    while at <= len(text):
        m = pattern.match(text, at)
        if m:
            found.append((m.span(), m.groups(), m.lastindex))
            at = m.end() if m.end() > at else at + 1
        else:
            at += 1
    return found


for p in PATTERNS:
    pattern = re.compile(p)
    differ = []
    count = 0
    for text in TEXTS:
        found = [(m.span(), m.groups(), m.lastindex) for m in pattern.finditer(text)]
        count += len(found)
        if all(a < b for (a, b), _, _ in found) and found != [f for f in byHand(pattern, text) if f[0][0] < f[0][1]]:
            differ.append(text)
    print(p, count, differ, pattern.findall(TEXTS[4])[:3], pattern.sub("<>", TEXTS[5]), [m.span() for m in pattern.finditer(TEXTS[8])])

for p in (rb"(\w+)=(\d+)", rb"\b\w+\b", rb"\w+\xe9", rb"(?P<a>\d)|(?P<b>\w)"):
    print(p, [m.groups() or m.group() for m in re.finditer(p, b"ab=12 \xe9\xe9=3 c\xe9 zz=")])
m = re.compile(r"(\w+)=")
print(m.search("ab=c", 1).span(), m.search("abc=", 0, 3), m.search("x ab=", 1).span(), m.match("ab=", 1).span(), re.fullmatch(r"\w+=", "ab="))
print("  ..a.b,!".strip(" .,;:!?-_"), "x".strip("abcdefghijkx") == "", "éaé".strip("éabcdefghijkl") == "", "--é--".strip("-+*/=<>!?é") == "",
      "\0a\0".strip("bcdefghij\0"), "ab".lstrip("bcdefghijklm"), "ba".rstrip("bcdefghijklm"))
