# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# expandtabs of all widths, with line ends and without; % of things that are neither texts nor small numbers, and of keys.
for text in ("", "\t", "a\tb", "\t\t", "abcdefgh\tx", "a\nbc\td\re\tf\n", "no tabs in here", "x" * 30 + "\t" + "y" * 9 + "\n\tz", "\xe9\t\u20ac\t", "\U0001f600\tb\r\tc", "\x0b\t\x0c\t", "\xff\t", "1\t", "\n\t"):
    for size in (8, 4, 1, 0, -3):
        print(ascii(text.expandtabs(size)), text.expandtabs(size) == text.encode("utf-32").decode("utf-32").expandtabs(size), end=" ")
    print()
print("a\tb".expandtabs(tabsize=3), type("\tx".expandtabs()), "ab".expandtabs() == "ab")
try:
    "\t\t".expandtabs(2**31)
except OverflowError as error:
    print(error)


class Word(str):
    def __str__(self):
        return "<" + str.__str__(self).upper() + ">"


class Bad:
    def __repr__(self):
        raise ValueError("no repr")

    __str__ = __repr__


class Odd:
    def __str__(self):
        return 5


print("%s %r" % (Word("w"), Word("w")), "%s %r %s" % ([1], [1, "a"], None), "%r" % 5, "%r %d" % ("q", True), "%r" % ((1, "x"),))
print("%(a)s-%(b)r-%(a)5d|%(c)-6s|%(d)r" % {"a": 5, "b": "x", "c": [1], "d": 2.5}, "%(x)%s" % {"x": 1} if False else "")
for form, args in (("%s", Bad()), ("%r", (Bad(),)), ("%s", Odd()), ("%s %s", 1), ("%s", (1, 2)), ("%(a)s", 3), ("%(a)(b)s", {"a": 1}), ("%(a", {"a": 1}), ("%(a)", {"a": 1}), ("%(z)s", {"a": 1}), ("%r%", "x"), ("%d", "x"), ("%y", 1)):
    try:
        print(form % args)
    except Exception as error:
        print(type(error).__name__, error)
print("%(a)s %%" % {"a": Word("k")}, "100%% %s" % Word("k"), "%s" % "\u20ac", "%r" % "\u20ac\n", "%s%s" % ("\xe9", 2**70))
print(b"%d %s %r %a" % (1, b"x", "y", "\xe9"), b"%(k)s" % {b"k": b"v"})

# Comparisons of what is of one kind.
import datetime, types

day, later = datetime.date(2020, 1, 1), datetime.date(2020, 1, 2)
same = (len, print, int, types, day, datetime.date(2020, 1, 1), later, datetime.timedelta(1), range(3), slice(1, 2), bytearray(b"a"), memoryview(b"a"), iter([]), {}.keys(), b"a", 1j, ..., NotImplemented)
for a in same:
    row = []
    for b in same:
        row.append("%d%d" % (a == b, a != b))
        try:
            row.append(str(a < b))
        except TypeError:
            row.append("-")
    print(*row)
# Dicts alike and not.
base = {1: "a", "k": [1], (2, 3): 2.5}
for other in (dict(base), {**base, 1: "b"}, {**base, "k": [2]}, {"k": [1], (2, 3): 2.5, 1: "a"}, {1: "a", "k": [1]}, {**base, 4: 4}, {1: "a", "x": [1], (2, 3): 2.5}, {True: "a", "k": [1.0], (2, 3): 5 / 2}):
    print(base == other, base != other, other == base)
nan = float("nan")
print({1: nan} == {1: nan}, {1: nan} == {1: float("nan")}, {1: 0.0} == {1: -0.0}, {1: 1} == {1: True})
print(dict.fromkeys((c for c in "abca"), 1), dict.fromkeys([1, 1.0, True]), dict([("a", 1), ["b", 2], "cd"]), dict(iter([(1, 2)])), dict(zip("ab", [1, 2])))
