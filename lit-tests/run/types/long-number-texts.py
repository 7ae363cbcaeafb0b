# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Precisions and widths beyond what a double's digits need, and those that no memory has room for; arguments of hex() that change the bytes.
import math

def show(f, *args):
    try:
        text = f(*args)
        print(repr(text) if len(text) < 100 else (len(text), text[:30], text[-30:], text.count("0")))
    except Exception as e:
        print(type(e).__name__, e)

VALUES = 1.5, -0.0, 1e308, 5e-324, math.pi, float("inf"), float("nan"), 1e-300, 12345678901234567890
for spec in (".1200e", ".1200g", ".1200f", ".1200%", "#.1200g", ".1200n", ",.1200f", "_.1200e", "1300.1200e", "01300.1200e", "01300,.3f",
             "#.0e", "z.1200f", "=+1300,.1200f", "*^1300.1200G", ".801e", ".800e", "#.801g", ".1100f", ".1101f"):
    for value in VALUES:
        show(format, value, spec)
    if "%" not in spec and not spec.startswith(("0", "=")):
        show(format, complex(1e308, -5e-324), spec)
        show(format, 3 + 4j, spec)
for code in ("%.1200e", "%.1200g", "%.1200f", "%#.1200g", "%1300.1200e", "%-1300.1200e|", "%+.1200F", "% .1200f", "%01300.1200f", "%.1200d",
             "%#.1200x", "%1200.1100d", "%.1200s", "%.1200r"):
    for value in 1.5, 1e308, -math.pi, 10**30:
        show(lambda: code % value)
        show(lambda: str(code.encode() % value))
show(lambda: "%.*e" % (1200, 1.5))
show(lambda: "%*.*f" % (2000, 1200, 1.5))
show(lambda: repr([round(1.5, 1200), round(1e300, -400), round(1.2345678, 400), round(1.5, 2**40), round(1.5, -2**40), round(1.5, 2**70)]))
show(lambda: repr([float("1" * 3000), float("0." + "1" * 5000), float("1e" + "9" * 3000), float("0" * 3000 + "1." + "0" * 3000 + "1e-5")]))

for width in 2**60, 2**62, 2**63 - 1, 2**64:
    for spec in "%d", "0%d", ",.0%df", "\u20ac^%d", "0=%d":
        for value in 7, 1.5, "text":
            if not (value == "text" and spec[0] == ","):
                show(format, value, spec % width)
    for code in "%%%dd", "%%%ds", "%%-%df", "%%0%dx", "%%.%ds", "%%.%dd", "%%.%df":
        show(lambda: code % width % 7)
        show(lambda: str((code % width).encode() % 7))
    show(lambda: "%*d" % (width, 1))
    show(lambda: "%*d" % (-width, 1))
    show(lambda: "%.*d" % (width, 1))
    show(lambda: "\u1234".ljust(width))
    show(lambda: b"a".center(width))

class Clears:
    def __init__(self, victim):
        self.victim = victim

    def __index__(self):
        self.victim.clear()
        return 2

for size in 100, 10000:
    array = bytearray(range(100)) * (size // 100)
    show(lambda: array.hex(":", Clears(array)))
show(lambda: memoryview(b"abcdef").hex(":", 2))
show(lambda: b"abcdef".hex(":", -2**31))
show(lambda: b"abcdef".hex(":", 2**31))

class Releases:
    def __init__(self, victim):
        self.victim = victim

    def __index__(self):
        self.victim.release()
        return 2

view = memoryview(bytearray(1000))
show(lambda: view.hex(":", Releases(view)))
