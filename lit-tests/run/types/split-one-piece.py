# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# s.split(sep)[i] and its like: every number of a piece, from both ends, of texts with and without separators; what is no str; errors and
# where they stand.
import re
import traceback

TEXTS = ["", ",", "a", "a,b", "a,b,c", ",,", "a,", ",a", " a  b ", "  ", "a b c", "a\tb\nc", "aaa", "aaaa", "a::b::c", "::", "x" * 40 + "," + "y" * 40,
         "\xe4,\xf6", "\u20ac,\u2020", "a\x1cb", "\U0001f600 b", "one, two"]


def show(text, piece):
    try:
        print(ascii(piece(text)), end=" ")
    except IndexError as e:
        print(f"<{e}>", end=" ")


def by_comma(text):
    show(text, lambda s: s.split(",")[0])
    show(text, lambda s: s.split(",")[1])
    show(text, lambda s: s.split(",")[2])
    show(text, lambda s: s.split(",")[-1])
    show(text, lambda s: s.split(",")[-2])
    show(text, lambda s: s.split(",")[-3])
    show(text, lambda s: s.rsplit(",")[0])
    show(text, lambda s: s.rsplit(",")[-1])
    print()


def by_comma_once(text):
    show(text, lambda s: s.split(",", 1)[0])
    show(text, lambda s: s.split(",", 1)[1])
    show(text, lambda s: s.split(",", 1)[2])
    show(text, lambda s: s.split(",", 1)[-1])
    show(text, lambda s: s.split(",", 1)[-2])
    show(text, lambda s: s.rsplit(",", 1)[0])
    show(text, lambda s: s.rsplit(",", 1)[1])
    show(text, lambda s: s.rsplit(",", 1)[-1])
    show(text, lambda s: s.rsplit(",", 1)[-2])
    show(text, lambda s: s.rsplit(",", 1)[-3])
    print()


def some_times(text):
    show(text, lambda s: s.split(",", 0)[0])
    show(text, lambda s: s.split(",", 2)[1])
    show(text, lambda s: s.split(",", 2)[2])
    show(text, lambda s: s.split(",", 2)[-1])
    show(text, lambda s: s.rsplit(",", 2)[0])
    show(text, lambda s: s.rsplit(",", 2)[-3])
    show(text, lambda s: s.split(",", -1)[-1])
    show(text, lambda s: s.split(",", True)[1])
    print()


def at_spaces(text):
    show(text, lambda s: s.split()[0])
    show(text, lambda s: s.split()[1])
    show(text, lambda s: s.split()[-1])
    show(text, lambda s: s.split(None)[-2])
    show(text, lambda s: s.split(None, 0)[0])
    show(text, lambda s: s.split(None, 1)[0])
    show(text, lambda s: s.split(None, 1)[1])
    show(text, lambda s: s.split(None, 1)[-1])
    show(text, lambda s: s.rsplit(None, 1)[-1])
    show(text, lambda s: s.rsplit(None, 1)[-2])
    show(text, lambda s: s.rsplit(None, 1)[0])
    show(text, lambda s: s.rsplit()[1])
    print()


def by_more(text):
    show(text, lambda s: s.split("::")[0])
    show(text, lambda s: s.split("::")[1])
    show(text, lambda s: s.split("::")[-1])
    show(text, lambda s: s.split("aa")[0])
    show(text, lambda s: s.split("aa")[-1])
    show(text, lambda s: s.rsplit("aa")[0])
    show(text, lambda s: s.rsplit("aa")[-1])
    show(text, lambda s: s.split("aa", 1)[1])
    show(text, lambda s: s.rsplit("aa", 1)[0])
    show(text, lambda s: s.split("\u20ac")[0])
    show(text, lambda s: s.split(text)[0] if text else "")
    print()


def in_parts(text):
    show(text, lambda s: s.partition(",")[0])
    show(text, lambda s: s.partition(",")[1])
    show(text, lambda s: s.partition(",")[2])
    show(text, lambda s: s.partition(",")[-1])
    show(text, lambda s: s.partition(",")[-3])
    show(text, lambda s: s.partition(",")[3])
    show(text, lambda s: s.rpartition(",")[0])
    show(text, lambda s: s.rpartition(",")[2])
    show(text, lambda s: s.rpartition(",")[-2])
    show(text, lambda s: s.partition("aa")[2])
    show(text, lambda s: s.rpartition("aa")[0])
    show(text, lambda s: s.partition("\u20ac")[2])
    print()


for text in TEXTS:
    print(ascii(text))
    in_parts(text)
    by_comma(text)
    by_comma_once(text)
    some_times(text)
    at_spaces(text)
    by_more(text)

whole = "nothing to divide"
print(whole.split(",")[0] is whole, whole.split(",", 1)[-1] is whole, whole.partition(",")[0] is whole, whole.rpartition(",")[2] is whole)


class Text(str):
    pass


class Splitter:
    pass


Text.split = lambda self, sep=None, maxsplit=-1: ("own", sep, maxsplit)
Splitter.split = lambda self, *args: "abc"
Splitter.rsplit = lambda self, *args: {0: "zero", -1: "minus one"}


def first(s, *sep):
    return s.split(",")[0]


def last(s):
    return s.rsplit(",", 1)[-1]


print(first("q,r"), last("q,r"))
print(first(Text("a,b")), re.compile("b").split("abc")[0], first(Splitter()))
print(last(Splitter()), b"a,b".split(b",")[0], bytearray(b"a b").split()[-1])


def wrong_separator(s):
    return s.split(
        5)[0]


def empty_separator(s):
    return (s.split("")
            [0])


def no_part(s):
    return (s.rpartition("")
            [0])


def wrong_part(s):
    return (s.partition(None)
            [2])


def too_few(s):
    return (s
            .split(",")
            [7])


def no_method(s):
    return (s.
            split(",")[0])


def bytes_and_text(s):
    return s.split(",")[0]


for f, value in ((wrong_separator, "a"), (empty_separator, "a"), (no_part, "a"), (wrong_part, "a"), (too_few, "a,b"), (no_method, 5), (no_method, None), (bytes_and_text, b"a,b")):
    try:
        print(f(value))
    except Exception as e:
        print(f.__name__, type(e).__name__, e)
        print("".join(line for line in traceback.format_exc().splitlines(True) if "File" not in line), end="")


def keys(lines):
    found = {}
    for line in lines:
        key = line.split("=")[0].strip()
        found[key] = found.get(key, 0) + len(line.split("=")[-1])
    return found


print(keys(["a = 1", "b=22", "a=3=4", "c"]))
print([line.split()[-1].lower() for line in ("The End", "of It")])
