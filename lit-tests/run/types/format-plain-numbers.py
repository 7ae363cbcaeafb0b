# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# %, str.format and format() of small ints and of floats in fixed notation, which are written in place, and their borders.
ints = [0, 1, -1, 9, -10, 2**30, -2**31, 2**62 - 1, -2**62, 2**62, -2**63, 10**30, True, False]
floats = [0.0, -0.0, 0.5, 1.5, 2.5, -0.004, 0.005, 1 / 3, 123456.789, -99.999, 1e15, 1e17, 9.99e17, 1e18, 1e22, 1e-30, float("inf"), -float("inf"), float("nan"), 3]
for flags in "", "-", "+", " ", "0", "+0", "-0", " 0", "#":
    for width in "", "1", "9", "24":
        print(*(("%" + flags + width + code) % v for code in "diu" for v in ints), sep="|")
        for precision in "", ".0", ".1", ".2", ".17", ".22", ".23", ".40":
            print(*(("%" + flags + width + precision + code) % v for code in "fF" for v in floats), sep="|")
print(*("%.3d" % v for v in ints), *("%i%%" % 5.9 for _ in range(2)))
print(b"%5d|%-6.2f|%+f|%s" % (3, 2.5, -0.0, b"t"), b"%d" % -2**62)

for spec in "", "d", "5", ">+7", "<8d", "^9", "09", "+,", "_d", "x", "#x", "n", "=+6", "X", "#X", "o", "#o", "b", "#b", "#_b", "_x", "+o", "#020x", "070b", "*^+30X", "c"[:0]:
    print(*(format(v, spec) for v in ints), sep="|")
for spec in ".2f", "9.3f", "+.0f", "z.1f", "zf", "<12.2f", "012.4f", ",.2f", ".22f", "#.0f":
    print(*(format(v, spec) for v in floats if isinstance(v, float)), sep="|")


class Text(str):
    def __format__(self, spec):
        return f"<{spec}>"

    def __str__(self):
        return "own"


class Small(int):
    def __str__(self):
        return "small"

    def __format__(self, spec):
        return "as " + repr(spec)


values = ["t", "é", "中", "", Text("x"), 5, -2**62, 2**70, True, Small(3), None, 1.5]
for v in values:
    print("{}".format(v), "{!s}".format(v), "{!r}".format(v), "{!a}".format(v), "{:}".format(v), "{0}{0}".format(v), "{v}".format(v=v), "a{}中".format(v))
print("{}{}{}".format(1, "b", "é"), "{0}{x}".format("p", x=2), "{{{}}}".format(7), "%s-%d-%.1f" % ("é" * 40, 12, 2.25), "%s" % "中" + "%d" % 3)
print("x" * 31 + "%d" % 1, ("y" * 40 + "%d" + "z" * 33 + "%s%%") % (1, "w"), "%(a)d %(b).2f" % {"a": 5, "b": 2})
for f, args in ("{} {1}", (1, 2)), ("{1} {}", (1, 2)), ("{} {}", (1,)), ("{", ()), ("{!x}", (1,)), ("{!d}", ("a",)):
    try:
        print(f.format(*args))
    except Exception as e:
        print(type(e).__name__, e)
try:
    print("{}".format_map({}))
except Exception as e:
    print(type(e).__name__, e)
for f, arg in ("%d", "x"), ("%.2f", "x"), ("%d", ()), ("%d", (1, 2)), ("%.99999999999d", 1), ("%.2147483647", 1):
    try:
        print(f % arg)
    except Exception as e:
        print(type(e).__name__, e)
