# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Texts that conversions and joins make: short and long ones, all widths, numbers around the powers of ten.
for f in ("%s", "%d", "a%sb", "%%", "%s%%%d", "%5s", "%-5d|", "%s é", "é%s", "漢%s漢", "%s"*3, "x"*200+"%s"):
    for a in (-7, 2**70, "ab", "é", "😀", True, 2.5, "y" * 99):
        for args in (a, (a, a)):
            try: r = f % args; print(len(r), r)
            except Exception as e: print(type(e).__name__, e)
for n in list(range(-12, 12)) + [10**k + d for k in range(2, 20) for d in (-1, 0)] + [-10**k for k in range(20)]:
    print(n, f"{n}", str(n), repr(n), f"{n!r:>25}", f"{n!s}", f"<{n}>", f"{n:d}")
parts = ["a", "é", "漢", "😀", "", "b" * 103, "c" * 104, "d" * 105, "ÿ" * 60, "\x7f"]
for a in parts:
    for b in parts:
        for c in parts:
            r = f"{a}{b}{c}"; s = "%s%s%s" % (a, b, c); t = "{}{}{}".format(a, b, c)
            assert r == s == t == a + b + c and hash(r) == hash(a + b + c) and r.isascii() == s.isascii() == t.isascii() == (a + b + c).isascii(), (a, b, c)
print("\x7f%s" % "a", ("%s" % "é").isascii(), len("%c%c" % (65, 0x1F600)))
