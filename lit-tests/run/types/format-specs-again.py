# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The same specification time and again, for values of several types, from texts that stand in the program and that are made; those that
# are alike in part; widths and precisions of printf's way.


def shown(value, spec):
    try:
        return format(value, spec)
    except (ValueError, TypeError) as e:
        return f"{type(e).__name__}: {e}"


SPECS = ["5", "05", "55", ">5", "<5", "^5", "*^5", "**^5", ".2", ".2f", ".22f"[:3], "5.2f", "05.2f", "+", "+5", "x", "#x", "#06x", "08b", ",", "_", ",.2f", "s", "5s", "d",
         "1", "11", "111", "1111", "11111", "é>5", "é^9s", "z.1f", "%", ".1%", "e", "12.3e", "100000000", "0000000012", "123456789"[:2], "c", "n", "!", "5!", ".", "=5", "0=8d"]
for spec in SPECS:
    made = "".join(list(spec))
    print(repr(spec), [shown(v, s) if len(s) < 9 else len(shown(v, s)) for v in (42, -2.5, "text", True) for s in (spec, made, spec)])
for width in range(1, 12):
    print("{:>{}}|{:<{}.1f}|{:^{}}".format("a", width, 2.25, width, 7, width), f"{'b':>{width}}|{3.75:{width}.2f}", end=" ")
print()
print("%5d|%-5d|%05d|%+d|% d|%5s|%-5s|%.2s|%5.1f|%-8.3f|%08.2f|%x|%#o|%c|%c|%%|%ld" % (42, 42, 42, 42, 42, "ab", "ab", "abc", 2.25, 2.25, -2.25, 255, 8, "x", 65, 7))
print("%*d|%-*s|%.*f|%*.*f" % (6, 42, 5, "ab", 2, 2.5, 8, 3, 2.5), b"%5d|%-6b|%.1f|%c" % (1, b"ab", 2.5, 66), "%(a)5.1f|%(b)-4s|" % {"a": 1.25, "b": "x"})
for text in "%", "%5", "%5.", "%-", "%.", "%l", "%lz", "%99999999999999999999d", "%.99999999999d", "%2147483648d"[:0] + "%.2147483648f", "%d %d", "%(a", "%y":
    try:
        print(text % 5)
    except (ValueError, TypeError, OverflowError, KeyError) as e:
        print(type(e).__name__, e)
