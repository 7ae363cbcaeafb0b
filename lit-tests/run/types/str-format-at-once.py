# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Short fields of texts, small ints and floats are filled in at once; what is not quite of that kind must show the same as ever.
def show(form, *values, **named):
    try:
        print(ascii(form), "->", ascii(form.format(*values, **named)))
    except Exception as e:
        print(ascii(form), "->", type(e).__name__, ascii(str(e)))


sizes = "", "5", "12", "99", "100", "05", "00", "0", ".2", ".9", "7.3", "07.3", ".12", ".", "5.", "{1}"
for align in "", "<", ">", "^", "=", "<0", ">0", "0>", "*<", "<<", ">>", "+", "-", " ", "#":
    for size in sizes:
        for code, value in ("", "text"), ("", -42), ("", -2.5), ("", 1e22), ("", 7.0), ("s", "text"), ("d", -42), ("f", -2.5), ("d", "text"), ("f", 42), ("s", 42), ("s", -2.5), ("x", 42), ("x", -4095), ("X", 4095), ("b", -5), ("o", 64), ("b", 2.5), ("r", 2.5), ("c", 65), (",", 42), ("ff", 2.5):
            show("<{0:" + align + size + code + "}>", value, 6)


class Text(str):
    def __format__(self, spec):
        return f"<{spec}>"


class Whole(int):
    def __str__(self):
        return "whole"


for value in (0, True, None, 2**62, -(2**62), 10**30, Whole(5), 0.0, -0.0, 1e17, 1e18, 0.5, 2.675, float("inf"), float("nan"), "", "x", "\xe9", "\u20ac", Text("t"), b"b", 1j):
    for form in "{}", "{0}", "{:5}|", "{:<5}|", "{:>5}|", "{:05}", "{:d}", "{:.2f}", "{:8.1f}", "{:s}", "{:.1}", "{!r}", "{!s:>4}", "\0{}\0", "{0}{0:>3}{0}":
        show(form, value)

for form in ("{", "}", "{{", "}}", "{{}}", "{{}", "{}}", "{{{}}}", "}{", "{:", "{:5", "{0", "{:}", "{0:}", "{:\0}", "{ }", "{-1}", "{1}", "{2}", "{00}", "{01}", "{10}", "{} {0}", "{0} {}", "{}{}{}", "{1}{0}",
             "{0.real}", "{0[0]}", "{name}", "{name:>5}", "{d}", "{s}", "{<5}", "{>}", "{.2}", "{.2f}", "{d:>4}", "{0d}", "{0:{1}}", "{:>{}}", "{{{0}}}{{{1:>4}}}", "\xe9{}", "{:\xe9}"):
    show(form, "ab", 7)
    show(form, "ab", 7, name="n", d="dd", s="ss")
    show(form)

# A field that is all of the result, and shows all of a text, is that text.
text, empty = "some text", "".join([])
print([form.format(text) is text for form in ("{}", "{0}", "{:s}", "{:5}", "{:.9}", "{:<9.9s}", "{}.", "{:10}", "{:.8}")])
print([form.format(text, empty) is text for form in ("{}", "{1}{0}", "{0}{1}")])
print([form % text is text for form in ("%s", "%9s", "%-5s", "%.9s", "%s.", "%10s", "%.8s")])
print(["%s%s" % (empty, text) is text, "%s%s" % (text, empty) is text])
# Around the length up to which it is done.
for length in range(250, 261):
    value = "y" * length
    for made in ("{}.".format(value), "{:d}".format(5) + value, (value + "{:5d}").format(5), (value + "{:<9}").format("a"), (value + "{:f}").format(-0.25), (value + "{{").format(), ("{}" * 4).format(*[value[:64]] * 4)):
        print(len(made), made[:8], made[-8:])

# f-strings and format() of the same.
class Spec(str):
    pass


for value in "some", "", "\xe9", -42, True, 2**70, -2.5, 0.0, -0.0, float("nan"), 1e30, Text("t"), Whole(5), None:
    shown = []
    for spec in ("", "5", "<5", ">5", "^5", "05", "<05", "d", "5d", "05d", "s", "8s", ".2", ".2s", ".0f", "8.2f", "08.2f", "<8.2f|", "<8.2f", "x", "5.", "100", "99", "\xe95", "\u0135", "5\0", "\0", "5}", "}", ":", ":5", Spec(">9"), "\u3c3c\u3535"):
        for work in lambda: f"{value:{spec}}", lambda: format(value, spec), lambda: f"{value!s:{spec}}", lambda: "{:{}}".format(value, spec):
            try:
                shown.append(work())
            except Exception as e:
                shown.append(f"{type(e).__name__}: {e}")
    print(ascii(value), ascii(shown))
print(f"{text:3}" is text, f"{text:.20s}" is text, f"{text:<9}" is text, f"{text:20}" is text, [f"{n:5d}|{n:<5}|{n:05}" for n in (0, 7, -12345678)], f"{-1.005:9.2f}|{2.5:.0f}")
