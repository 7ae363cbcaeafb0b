# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Short formats of texts, small ints and floats are made at once; what is not quite of that kind must show the same as ever.
def show(form, values):
    try:
        print(ascii(form), "->", ascii(form % values))
    except Exception as e:
        print(ascii(form), "->", type(e).__name__, ascii(str(e)))


flags = "", "-", "0", "-0", "0-", "00", "+", " ", "#", "5", "-5", "05", "12", "-12", "012", "99", "100", "007", "-07"
precisions = "", ".", ".0", ".1", ".9", ".05", ".12", ".*"
for flag in flags:
    for precision in precisions:
        for code, value in ("d", -42), ("f", -2.5), ("s", "text"), ("ld", 7), ("i", 7), ("x", 255), ("r", "q"), ("x", -4095), ("X", -4095), ("o", 64), ("b", 5), ("s", -42), ("r", 42), ("s", -2.5), ("r", 1e22):
            if precision == ".*":
                show(f"<%{flag}{precision}{code}>", (2, value))
            else:
                show(f"<%{flag}{precision}{code}>", value)


class Text(str):
    def __str__(self):
        return "of its own"


class Whole(int):
    def __repr__(self):
        return "whole"

    __str__ = __repr__


class Real(float):
    def __float__(self):
        return 7.0


class Pair(tuple):
    pass


for value in (0, -0, True, None, 2**62, -(2**62), 2**64, 10**30, Whole(5), 0.0, -0.0, 1e17, 1e18, 1e300, 0.5, 1.5, 2.675, float("inf"), -float("inf"), float("nan"),
              Real(3.0), "", "x", "\xe9", "\u20ac", Text("t"), b"b", [1], {"a": 1}, (), (1,), (1, 2), Pair((3,))):
    for form in "%d", "%5d", "%-5d|", "%05d", "%f", "%.0f", "%8.3f", "%08.2f", "%s", "%5s", "%-5s|", "%05s", "%.2s", "%%", "a%%b %s", "no", "%", "%5", "%-", "%.", "%5.", "%5%", "%-%", "%\0", "\0%d\0", "%z":
        show(form, value)

# Of one conversion and nothing else the text itself is the result, of a format without any the format.
text = "some text"
print(("%s" % text) is text, ("%s" % (text,)) is text, ("%d" % 7) is ("%s" % "7"))
show("%s %s", ("a",))
show("%s", ("a", "b"))
show("%s %d %f %%", ("a", 1, 2.0))
show("%s %d %f %%", ("a", 1, 2.0, 3))
show("%(k)s", {"k": "v"})
show("%d %s", {"k": "v"})
# Around the length up to which it is done.
for length in range(250, 261):
    value = "y" * length
    for form, values in ("%s.", value), ("%s.%%", value), ("%d" + value, 5), (value + "%5d", 5), (value + "%-9s", "a"), (value + "%f", -0.25), ("%s" * 4, (value[:64],) * 4):
        made = form % values
        print(len(made), made[:8], made[-8:])
for count in 98, 99:
    print(len(f"%{count}d%{count}s%-{count}s" % (1, "a", "b")))

# What was shown at once stays where a later conversion takes the long way, whose errors count all arguments.
for form in "%s %.3f %5d %r", "%s|%f|%d|%s|%%", "%%%s%%%-9.2f%%%05d%s%%", "%s %f %d", "%s %f %d %s %s", "%s %f %d %*d", "%s %f %d %(x)s", "%s%f%d%", "%s%f%dq%y", "%s \u20ac %f %d %s", "%s %f %d %c":
    for last in ([1], None, "\u20ac", "\u00e9", 2**80, {}, ("t",), 65, "tail"):
        show(form, ("text", 2.5, -42, last))
for form in "%s %r", "%s %s", "%s and %(x)s", "%s%%%", "%d %d", "%s":
    for value in "text", 5, 2.5, {"x": 1}, (5, 6), (5, []), ("text",), ([],), ():
        show(form, value)
show("%s " * 60 + "%r", ("four",) * 60 + ([],))
show("%250d %s %r", (5, "x" * 20, None))
