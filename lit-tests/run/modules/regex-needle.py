# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# re: a search looks for a text that every match holds; what it passes by is no match.
import hashlib
import random
import re

random.seed(3)
pieces = ["a", "ab", "abc", "xyz", "q", r"\d", r"\w+", r"\s*", "[ab]", "[^b]", "(a|bc)", "(?:x|yz)?", "b*", "b+?", "(ab)+", "(?:ab){2}", "(?:a|b){0,3}",
          "x{2,3}", "^", r"\b", "$", ".", ".*", ".*?", "(?=a)", "(?!ab)", "(?<=a)", "(?<!x)", "(?>ab|a)", "(?:ab)*+", "a?+", r"(?P<n>c)", "(|q)", "é", "日本"]
flags = [0, 0, 0, re.I, re.S, re.M, re.A]
words = ["a", "b", "ab", "abc", "bc", "xyz", "xx", "q", " ", "1", "42", "AB", "é", "É", "日本", "\n", "aab", "yz", "x"]
tried, digest = 0, hashlib.sha256()
while tried < 1500:
    source = "".join(random.choice(pieces) for _ in range(random.randrange(1, 7)))
    if random.randrange(4) == 0:
        source = f"({source})" + random.choice(["", r"\1", "?", "{1,2}"])
    try:
        pattern = re.compile(source, random.choice(flags))
    except re.error:
        continue
    tried += 1
    for _ in range(3):
        text = "".join(random.choice(words) for _ in range(random.choice([0, 3, 10, 40, 150])))
        start, stop = random.choice([(0, len(text)), (2, len(text)), (0, len(text) // 2), (5, 30)])
        found = [m.span() for m in pattern.finditer(text, start, stop)]
        one = pattern.search(text, start, stop)
        digest.update(repr((source, text, found, one and (one.span(), one.groups()), pattern.sub("<>", text), pattern.split(text))).encode())
    if tried % 150 == 0:
        print(repr(source), found[:4], digest.hexdigest()[:16])

text = "{" + ",".join(f'"k{i}":{i}' for i in range(500)) + ',"d":"\\/Date(-123)\\/","e":"\\/Date(x)\\/"}'
date = re.compile(r'(^|[^\\])"\\/Date\((-?[0-9]+)\)\\/"')
print(date.search(text), date.subn(r"\1new Date(\2)", text)[0][-45:])
print(date.search('"\\/Date(7)\\/"'), date.search('\\"\\/Date(7)\\/"'), date.search(text[:-30]), date.search(text, 10, len(text) - 26))
print(re.search(r"\w+needle", "hay" * 300), re.search(r"\w+needle", "hay " * 300 + "a needle, eneedle"), re.compile(r"\w+needle").search("hay " * 300 + "needle", 900))
print(re.search(rb"[^x]+end", b"xaxb" * 50 + b"end"), re.search("[ab]日", "ab" * 20), re.search("[ab]日", "ab" * 20 + "日"), re.search("[ab]c", bytearray(b"ab" * 9).decode()))
print(re.search(r"(?:[ab]{3}|[ab])-(?:z|zz)$", "ab" * 12 + "-a" + "ab-zz"), re.findall(r"[a-c]{2,4}Z", "abcZaZbcaabcaZZ" * 2))
# Alternatives of several lengths, whose first places are looked at together.
digest = hashlib.sha256()
atoms = ["a", "g", "t", "[ag]", "[^t]", ".", "(g|t)", "(?:ag|tt)", "(a|gt)", "(?=g)", r"\b", "é", "(a)", "[é-ü]", "t?"]
for i in range(1200):
    alternatives = ["".join(random.choice(atoms) for _ in range(random.randrange(1, 6))) for _ in range(random.randrange(1, 4))]
    pattern = re.compile("|".join(alternatives), random.choice([0, 0, re.I, re.M, re.A]))
    for text in ("", "a", "gt", "".join(random.choice("agtAGT\né日") for _ in range(60)), "".join(random.choice("agt") for _ in range(80))):
        digest.update(repr((pattern.pattern, text, [m.span() for m in pattern.finditer(text)], pattern.findall(text, 3, 50), pattern.match(text, 1))).encode())
        if text.isascii():
            digest.update(repr(re.findall(pattern.pattern.encode("latin-1"), text.encode())).encode())
print(digest.hexdigest())
