# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Formats that stand in the text become the pieces of what they show. Results, errors, the order of evaluation and of deaths, and
# right operands that are a tuple at run time alone.
import traceback
from decimal import Decimal
from fractions import Fraction


class Text(str):
    def __format__(self, spec):
        return f"<{spec}>"


class Shown:
    def __init__(self, name):
        self.name = name

    def __str__(self):
        print("str", self.name)
        return Text(self.name)

    def __repr__(self):
        print("repr", self.name)
        return "R" + self.name

    def __format__(self, spec):
        print("format", self.name, spec)
        return Text(self.name + spec)

    def __int__(self):
        print("int", self.name)
        return 7

    def __float__(self):
        print("float", self.name)
        return 2.25

    def __index__(self):
        print("index", self.name)
        return 9

    def __del__(self):
        print("del", self.name)


class Fails:
    def __str__(self):
        raise ValueError("no text")

    __repr__ = __str__

    def __format__(self, spec):
        raise ValueError("no format")


class Point(tuple):
    pass


INTS = [0, 1, -1, 9, 10, 99, 100, -999, 1000, 12345678901234567, 2**61 - 1, 2**61, -2**61, 2**62 - 1, -2**62, 2**63, 10**30, True, False]


def ints():
    for i in INTS:
        print("%d|%s|%r" % (i, i, i), "%d;" % i, "a%sb" % i, f"{i}", f"<{i}>", f"{i!r}:{i!s}:{i:d}", "{}-{!r}".format(i, i), "%5d|%-5d|%05d|%+d|% d" % (i, i, i, i, i))
        print("%x %X %o %#x %i %u %.3d %8.3d" % (i, i, i, i, i, i, i, i))
    powers = [10**k + d for k in range(19) for d in (-1, 0)]
    print("/".join(f"{p}" + f":{p}{-p}" for p in powers))
    print([f"{a}{b}" for a in (1, -23, "x", "ä", "日本", "\U0001f600", "") for b in (4, -5, "y", "", "ß")])


def floats():
    for f in [0.0, -0.0, 1.5, -2.25, 1e22, 1e-7, float("inf"), float("-inf"), float("nan"), 123456.789]:
        print("%f %.2f %5.1f %g %e %s %r %.0f" % (f, f, f, f, f, f, f, f), "%.3f" % f, f"{f} {f:.2f}", "{} {:.1f} {:8}".format(f, f, f))
    for f in [1.9, -1.9, Decimal("2.7"), Fraction(7, 2)]:
        print("%d and %s" % (f, f), "%d" % f, "%.2f|" % f)


def texts(s, t):
    print("%s %s" % (s, t), "%d %s" % (3, s), "%s" % s, "<%s>" % s, "%10s|%-10s|%.2s|%5.1s|%d" % (s, s, s, s, 1), "%r %a %d" % (s, s, 1), "%c%c%d" % (s[0], 66, 1))
    print("{} {}".format(s, t), "{0} {1} {0}".format(s, t), "{a} {b!r}".format(a=s, b=t), "{:>8}|{:<8}|{:^8}|".format(s, t, s), "{}".format(s), "{{{}}}".format(s), "{:5}{:5}".format(s, 3))
    print("100%% of %s, %d%%" % (s, 3), "%%" % (), "{{}}".format())


def whole(v):
    for shown in (lambda: "%s" % v, lambda: "<%s>" % v, lambda: "%d items" % v, lambda: "%5.1f!" % v, lambda: "%r" % v, lambda: "%10s|" % v):
        try:
            print(shown(), end=" ")
        except Exception as e:
            print(type(e).__name__, e, end=" ")
    print()


def wide(v):
    print("é%sab" % v, "ю€𝄞%d|" % v, "日本: %r" % v, ascii("\ud800%sz" % v), "é%s" % v)


def kinds():
    x = Shown("x")
    print(type("%s" % x) is Text, type("%s%d" % (x, 1)), type("%d" % x), "%x" % 255)
    print("%d %s %r %.1f %5s|" % (x, x, x, x, x))
    print(f"{x}{x!r}{x!s}{x:q}" + "{}{!r}{!s}{:q}".format(x, x, x, x))
    print("%x %o %c" % (x, 8, "z"))


class Right(str):
    def __rmod__(self, other):
        return ("rmod", other)


class Foreign:
    def __rmod__(self, other):
        return "never"

    def __str__(self):
        return "foreign"


def rights():
    for v in (Right("r"), Foreign(), Text("t")):
        print("%s" % v, "<%s>" % v, "<%s> ä" % v, "%s %d" % (v, 1), end=" ")
        try:
            print("%d" % v)
        except TypeError as e:
            print(e)


def order():
    def said(name):
        print("eval", name)
        return Shown(name)

    print("%s and %d" % (said("a"), said("b")))
    print("{} and {:w}".format(said("c"), said("d")))
    print("{1} and {0}".format(said("e"), said("f")))
    print("{} alone".format(said("g"), said("unused")))
    print("%s" % said("h"))
    print(f"{said('i')} and {said('j')}")
    try:
        "%s %d %s" % (said("k"), "no", said("l"))
    except TypeError as e:
        print(e)
    try:
        "{} {}".format(said("m"), Fails())
    except ValueError as e:
        print(e)


def errors(a, b):
    tries = [
        lambda: "%d %s" % (a, b), lambda: "%d" % a, lambda: "%x" % 1.5, lambda: "%c" % 300000000, lambda: "%c %d" % (-1, 1), lambda: "%c%s" % ("ab", 1),
        lambda: "%.2f" % a, lambda: "%d %d" % (1,), lambda: "%d" % (1, 2), lambda: "%s %s" % a, lambda: "%d" % {}, lambda: "%(a)s" % {"a": 1}, lambda: "%(a)d" % (1,),
        lambda: "%y" % 1, lambda: "%" % 1, lambda: "%s %" % (1,), lambda: "%5" % 1, lambda: "%*d|%-*d|" % (5, 1, 4, 2), lambda: "%.*f" % (2, 1.0), lambda: "%ld" % 3,
        lambda: "{} {}".format(1), lambda: "{0} {}".format(1, 2), lambda: "{x}".format(1), lambda: "{".format(1), lambda: "}".format(1), lambda: "{0.real} {1[0]}".format(1, [2]),
        lambda: "{:{}}".format("a", 5), lambda: "{:d}".format("a"), lambda: "{!x}".format(1), lambda: "{:,}".format(1234567), lambda: "{}{}".format(*[1, 2]),
        lambda: "{a}{b}".format(**{"a": 1, "b": 2}), lambda: "{a}{b}".format(a=1, c=2), lambda: "%s%s" % (Fails(), 1), lambda: "%d%s" % (1, Fails()), lambda: "x".format(Fails()),
        lambda: f"{1}{Fails()}", lambda: "%i %s" % ("x", 1), lambda: "%u" % "x", lambda: "%05s|%05d|%d" % ("a", 3, 3), lambda: "% s|%+s|%#s|%d" % ("a", "b", "c", 1),
        lambda: "%0100d" % 1, lambda: "%.100f" % 1.5, lambda: "%99d|" % 1, lambda: "%s %s" % ((1, 2), (3,)), lambda: "%d %s" % (1, (2, 3)), lambda: "%s%d" % ((), 1), lambda: "%s" % ((),),
    ]
    for t in tries:
        try:
            print(repr(t()))
        except Exception as e:
            print(type(e).__name__, e)


def traces():
    value = Fails()
    for f in (lambda: "%s and %d" % (value, 1), lambda: "{} and {}".format(
            1, value), lambda: f"{1} and {value}", lambda: "<%s>" % value):
        try:
            f()
        except ValueError as e:
            for frame in traceback.extract_tb(e.__traceback__):
                print(frame.name, frame.lineno, frame.colno, frame.end_lineno, frame.end_colno, frame.line)


def loop(n):
    rows = []
    for i in range(n):
        rows.append("%d: %s %.1f" % (i, "abc"[i % 3], i / 2) + f" {i}/{n}" + "{} {}".format(i, n))
    return rows


ints()
floats()
texts("ab", "cd")
texts("äö", "日本")
texts("z", "\U0001f600")
for v in (1, "s", (), (1,), (1, 2), ("q",), [1, 2], {}, {"a": 1}, Point((3,)), Point((3, 4)), 2.5, None, b"b", 10**25):
    whole(v)
wide(3)
wide(1 << 70)
kinds()
rights()
order()
errors("a", 2)
traces()
print(loop(4))
