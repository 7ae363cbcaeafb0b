# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# re: where a match may begin (literals, sets, lines) and which alternatives the next character rules out, on random patterns and texts.
import hashlib
import random
import re

random.seed(11)
LETTERS = "abcA1_ \n\u00e9\u0153\U0001f600"


def atom(depth):
    kind = random.randrange(9 if depth else 6)
    if kind < 2:
        return random.choice("abcA1\u00e9")
    if kind == 2:
        return "[" + random.choice(("", "^")) + random.choice(("ab", "a-c1", r"\d_", r"\s", "\u00e0-\u00ff", "\u0153a", "A-Z")) + "]"
    if kind == 3:
        return random.choice((".", r"\w", r"\W", r"\d", r"\s", "\u0153"))
    if kind == 4:
        return random.choice(("^", "$", r"\b", r"\B", r"\A", r"\Z"))
    if kind == 5:
        return random.choice(("ab", "abc", "a1", "ca"))
    if kind == 6:
        return random.choice(("(%s)", "(?:%s)", "(?=%s)", "(?!%s)", "(?>%s)")) % pattern(depth - 1)
    return "(?:" + "|".join(pattern(depth - 1) for _ in range(random.randrange(2, 5))) + ")"


def pattern(depth):
    parts = []
    for _ in range(random.randrange(1, 4)):
        one = atom(depth)
        if one[-1] not in "^$ABbZ" and random.random() < 0.3:
            one = (one if len(one) == 1 or one[0] in "[(\\" else "(?:" + one + ")") + random.choice(("*", "+", "?", "*?", "+?", "{1,2}", "++"))
        parts.append(one)
    return random.choice(("", "", "^")) * (depth == 2) + "".join(parts)


for block in range(20):
    digest = hashlib.md5()
    for _ in range(60):
        source, flags = random.choice(("", "", "a", "(a)", "(a)1", "ab(?:c|)")) + pattern(2), random.choice((0, re.M, re.I, re.S, re.M | re.I, re.A))
        text = "".join(random.choice(LETTERS) for _ in range(random.choice((0, 1, 8, 40))))
        if random.random() < 0.3:
            text = text.encode("latin-1", "ignore").decode("latin-1")
        compiled = re.compile(source, flags)
        found = [(m.span(), m.groups()) for m in compiled.finditer(text)]
        line = [source, flags, text, found, compiled.sub("-", text), compiled.split(text)[:5], bool(compiled.fullmatch(text)), compiled.search(text, 2, 9)]
        line[-1] = line[-1] and line[-1].span()
        if source.isascii():
            narrow = re.compile(source.encode(), flags & ~re.A)
            line.append([m.span() for m in narrow.finditer(text.encode("latin-1", "replace"))])
        digest.update(repr(line).encode())
    print(block, digest.hexdigest())
print(re.findall(r"^\w+", "one\ntwo three\n\nfour\n", re.M), [m.start() for m in re.finditer("^", "a\n\nb\n", re.M)], re.findall("agg|ttt", "aggtttag"))

# where the tail of a repeat is looked for, near and far
for source in ".*(a)", ".*?(a)", "b*(?:(a)|c)", "(?:.{3,})(a)1", ".*a(.*)a":
    for n in (0, 1, 15, 16, 17, 60):
        text = "b" * 50 + "a" + "b" * n + "a1" + "c" * 40
        found = re.search(source, text)
        wide = re.search(source, text + "\u0153")
        print(source, len(text), found and found.regs, wide and wide.regs, (f := re.search(source.encode(), text.encode())) and f.regs)
