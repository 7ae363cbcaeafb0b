# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Which characters sets of all kinds have, below 256 and above, with all flags.
import re
pats = [r"[a-z]", r"[^a-z]", r"[\w]", r"[^\w\d]", r"[\W_]", r"[\s\S]", r"[^\s]", r"[\D0]", r"[a-zÀ-ÿ]", r"[^À-ÿ]", r"[Ā-ſa]", r"[^Ā-ſa\d]", r"[\x00-\x1f\x80-\xff]", r"[aàĀ㐀]", r"[^aàĀ㐀\w]", r"[ſK]", r"[µ]", r"[ÿŸ]", r"[\u0100-\uffff\n]", r"[x]", r"[^x]", r"[^\n\r]", r"[\-\]\\^]", r"[αβγa-f]"]
for p in pats:
    for flags in (0, re.I, re.A, re.A | re.I, re.S):
        r = re.compile("(?:" + p + ")+", flags)
        hits = "".join(c for c in map(chr, range(0x250)) if r.fullmatch(c))
        print(p, int(flags), len(hits), sum(map(ord, hits)), [m.span() for m in re.finditer(p, "".join(map(chr, range(0x180))), flags)][:3])
    try:
        b = p.encode("latin-1")
        re.compile(b)
    except (UnicodeEncodeError, re.error):
        continue
    for flags in (0, re.I, re.L, re.L | re.I):
        r = re.compile(b, flags)
        print(b, int(flags), bytes(c for c in range(256) if r.fullmatch(bytes([c]))))
