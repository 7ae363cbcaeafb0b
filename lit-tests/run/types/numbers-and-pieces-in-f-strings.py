# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Decimal texts of small ints of every length, and f-strings of pieces of every length and width, of str's subclasses too.
import sys

for n in range(63):
    for i in (1 << n) - 1, 1 << n, 10 ** (n // 3), 10 ** (n // 3) - 1:
        for v in i, -i:
            text = str(v)
            assert text == repr(v) == f"{v}" == f"{v!s}" == f"{v!r}" == f"{v!a}" == "%d" % v == format(v) and int(text) == v, v
print(str(-(1 << 62)), str((1 << 62) - 1), f"{-(1 << 62)}|{1 << 62}|{-(1 << 63)}", f"{True}{0}{-0}{7}")
for v in 0, 9, 10, 99, 100, 255, -255, 1 << 61:
    print(bin(v), oct(v), hex(v), f"{v:x}", f"{v!r:>5}")

pieces = [c * n for c in ("a", "\u00e9", "\u2026", "\U0001f600") for n in (0, 1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 32, 33, 40)]
for a in pieces:
    for b in pieces:
        assert f"{a}{b}" == a + b and f"{a}{b}{a}" == a + b + a and f"<{a}>{b}</>" == "<" + a + ">" + b + "</>"
        assert f"{a}{1}" == a + "1" and f"{a}" == a
print(f"{''}{''}{''}" == "", len(f"{pieces[13]}{pieces[27]}{pieces[41]}{pieces[55]}"))


class Loud(str):
    def __del__(self):
        print("dies", str.__str__(self))


class Says:
    def __init__(self, text):
        self.text = text

    def __format__(self, spec):
        return Loud(self.text)

    def __str__(self):
        return Loud(self.text + "!")


print(f"{Says('one')}{Says('two')}{3}")
print(f"{Says('one')!s} {Says('')} {Says('zwei…')}")
held = "held" * 3
before = sys.getrefcount(held)
for _ in range(50):
    f"{held}{held}-{_}"
print(sys.getrefcount(held) - before)


def deep(n):
    try:
        return deep(n + 1)
    except RecursionError:
        return n


def last(n):
    """Whether str() of an int has a level left where nothing else fits."""
    try:
        return last(n + 1)
    except RecursionError:
        return "no level for a call"


print(deep(0) > 100, last(0))
sys.setrecursionlimit(120)


def texts(n, out):
    try:
        out.append(str(n))
        texts(n + 1, out)
    except RecursionError as error:
        out.append(str(error))


out = []
texts(0, out)
print(out[-3:-1], out[-1])
