# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# a, b = s.split(sep) and its like: as many pieces as variables, fewer and more, texts of all widths and lengths; what is no str; errors and where
# they stand; what dies, and what splits in between.
import traceback

TEXTS = ["", ",", "a", "a,b", "a,b,c", ",,", "a,", ",a", " a  b ", "  ", "a b c", "a\tb\nc", "aaa", "aaaa", "a::b", "::", "x" * 40 + "," + "y" * 40,
         "x" * 30 + " " + "y" * 31, "x" * 30 + " " + "y" * 32, "x" * 30 + " " + "y" * 33, "x" * 70 + "  " + "y" * 70 + " ",
         "x" * 30 + "," + "y" * 31, "x" * 30 + "," + "y" * 32, "x" * 30 + "," + "y" * 33,
         "\xe4,\xf6", "\u20ac,\u2020", "a\x1cb", "a\xa0b", "\U0001f600 b", "one, two", "a b c d e f g h", "1,2,3,4,5,6,7,8"]


def two(s):
    a, b = s.split(",")
    return a, b


def two_words(s):
    a, b = s.split()
    return a, b


def two_at_once(s):
    a, b = s.split(",", 1)
    return a, b


def two_words_at_once(s):
    a, b = s.split(None, 1)
    return a, b


def two_from_behind(s):
    a, b = s.rsplit(",", 1)
    return a, b


def two_words_from_behind(s):
    a, b = s.rsplit(None, 1)
    return a, b


def two_by_more(s):
    a, b = s.split("::")
    return a, b


def two_by_more_from_behind(s):
    a, b = s.rsplit("aa")
    return a, b


def three(s):
    a, b, c = s.rsplit(",")
    return a, b, c


def three_at_most(s):
    a, b, c = s.split(",", 2)
    return a, b, c


def three_words_at_most(s):
    a, b, c = s.split(maxsplit=2)
    return a, b, c


def eight(s):
    a, b, c, d, e, f, g, h = s.split()
    return a, h


def eight_again(s):
    a, b, c, d, e, f, g, h = s.split(",")
    return a, h


def parts(s):
    a, b, c = s.partition(",")
    return a, b, c


def parts_from_behind(s):
    a, b, c = s.rpartition(",")
    return a, b, c


def parts_by_more(s):
    a, b, c = s.partition("aa")
    return a, b, c


def two_parts(s):
    a, b = s.partition(",")
    return a, b


def stripped(s):
    a, b = s.strip().split(",")
    return a, b


def never(s):
    a, b = s.split(",", 0)
    return a, b


def as_often(s):
    a, b = s.split(",", -1)
    return a, b


FUNCTIONS = (two, two_words, two_at_once, two_words_at_once, two_from_behind, two_words_from_behind, two_by_more, two_by_more_from_behind, three,
             three_at_most, three_words_at_most, eight, eight_again, parts, parts_from_behind, parts_by_more, two_parts, stripped, never, as_often)
for text in TEXTS:
    print(ascii(text))
    for f in FUNCTIONS:
        try:
            print("   ", f.__name__, ascii(f(text)))
        except ValueError as e:
            print("   ", f.__name__, e)

comma = "".join([",", ","])[:1]


def shares(s, separator):
    a, b, c = s.partition(separator)
    d, e, f = s.rpartition("no" + separator)
    return b is separator, a is s, d is s, f is s


print(shares("a,b", comma), shares("ab", "nothing"))


class Text(str):
    def __del__(self):
        try:
            x, y = "in between".split()
            print("del", self, x, y)
        except AttributeError:
            pass


class Own(str):
    pass


class Splitter:
    pass


Own.split = lambda self, sep=None, maxsplit=-1: ("own", sep)
Splitter.split = lambda self, *args: iter("ab")


def made(s):
    a, b = Text(s).split(",")
    return a, b


def found(s):
    a, b = s.split(Text(","))
    return a, b


print(made("q,r"), found("s,t"))
print(two(Own("a,b")), two(Splitter()), two_words(b"a b"), parts(Text("a,b")))


def wrong_separator(s):
    a, b = s.split(
        5)


def empty_separator(s):
    a, b = (s
            .split(""))


def no_part(s):
    a, b, c = s.rpartition("")


def too_few(s):
    (a,
     b) = s.split(",")


def too_many(s):
    a, b = (
        s.split(","))


def no_method(s):
    a, b = (s.
            split(","))


def bytes_and_text(s):
    a, b = s.split(",")


def too_often(s):
    a, b = s.split(",", 2.5)


for f, value in ((wrong_separator, "a"), (empty_separator, "a"), (no_part, "a"), (too_few, "a"), (too_many, "a,b,c"), (no_method, 5), (no_method, None),
                 (bytes_and_text, b"a,b"), (too_often, "a,b")):
    try:
        print(f(value))
    except Exception as e:
        print(f.__name__, type(e).__name__, e)
        print("".join(line for line in traceback.format_exc().splitlines(True) if "File" not in line), end="")


def settings(lines):
    total, found = 0, {}
    for line in lines:
        try:
            key, value = line.strip().split("=")
            found[key] = int(value)
        except ValueError as e:
            found[line] = str(e)
        for item in line.split(";"):
            name, _, rest = item.partition("=")
            total += len(name) * len(rest)
    return total, found


print(settings(["a=1", "b=22 ", "a=3=4", "c", "d=x", "\u20ac=5", " e=6"]))


def pairs(lines):
    for line in lines:
        key, value = line.split(":")
        yield key, value


print(list(pairs(["a:b", "c:d"])), [k + v for k, v in (s.split("-") for s in ("1-2", "3-4"))])
