# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Lists of text and sets, sets and dicts of sequences that change while they are read, getters, formats, codec names.
import operator
import sys


def show(*values):
    print(*values)


# ---- lists of text and of sets
for text in ("", "a", "abc", "\xe9t\xe9", "\u20acuro", "a\U0001f600b"):
    made = list(text)
    show(ascii(made), sys.getsizeof(made))
    made.extend(text)
    made += text
    show(len(made), sys.getsizeof(made), ascii("".join(made)))
ints = [1, 2]
ints.extend("ab")
try:
    ints.sort()
except TypeError as e:
    show(e)
for s in (set(), {3, 1, 2}, frozenset(range(40)), {1, 2.5, "x"}):
    made = list(s)
    show(len(made), sys.getsizeof(made), set(made) == s, sorted(s, key=str)[:3])
    made = [9]
    made.extend(s)
    show(len(made), sys.getsizeof(made))


class Text(str):
    def __iter__(self):
        return iter(["own", "items"])


class Set(set):
    def __iter__(self):
        return iter([7])


show(list(Text("abc")), list(Set({1, 2})))


# ---- sequences that == and hash change
class Grows:
    def __init__(self, l, n):
        self.l, self.n = l, n

    def __hash__(self):
        if self.n:
            self.n -= 1
            self.l.append(self.n)
        return 1

    def __eq__(self, other):
        return self is other


l = [1]
l.append(Grows(l, 3))
s = set(l)
show(len(s), len(l), sorted(x for x in s if isinstance(x, int)))


class Shrinks:
    def __hash__(self):
        return 5

    def __eq__(self, other):
        l.clear()
        return False


l = [5, Shrinks(), Shrinks(), "never", "seen"]
s = set(l)
show(len(s), l)
l = [Shrinks(), 5, "x" * 3]
show(len(set(l)), l)


class Fails:
    def __hash__(self):
        raise ValueError("no hash")


for bad in ([1, Fails()], (1, [])):
    try:
        set(bad)
    except (ValueError, TypeError) as e:
        show(type(e).__name__, e)

# ---- dicts of pairs
show(dict([(1, 2), [3, 4], "ab", iter([5, 6])]), dict(zip("abc", range(3))))
for bad in ([(1, 2, 3)], [(1,)], [1], [([], 1)], ["abc"]):
    try:
        dict(bad)
    except (ValueError, TypeError) as e:
        show(type(e).__name__, e)


class Pair(tuple):
    def __iter__(self):
        return iter("xy")


show(dict([Pair((1, 2))]))


# ---- getters
class Point:
    def __init__(self):
        self.x = self
        self.y = 3


p = Point()
show(operator.attrgetter("y")(p), operator.attrgetter("x.x.y")(p), operator.attrgetter("y", "x.y")(p))
show(operator.itemgetter(1)("abc"), operator.itemgetter(0, -1)([1, 2, 3]), sorted([(2, 1), (1, 2)], key=operator.itemgetter(1)))
for bad in (lambda: operator.attrgetter("nope")(p), lambda: operator.attrgetter("y")(), lambda: operator.attrgetter("y")(p, p),
            lambda: operator.itemgetter(1)(o=1), lambda: operator.attrgetter("y")(p, o=1)):
    try:
        bad()
    except (TypeError, AttributeError) as e:
        show(e)


# ---- formats
class Number(int):
    def __format__(self, spec):
        return "number " + spec


class Spec(str):
    pass


show(format(5, ">4"), format(True, "d"), format(Number(5), "x"), format(5, Spec(">3")), format(2.5, "08.3f"), format("a", "^5"))
for v, spec in ((5, "s"), ("a", "d"), (2.5, "d"), (5, ".3d"), (None, "x")):
    try:
        format(v, spec)
    except (ValueError, TypeError) as e:
        show(e)

# ---- names of codecs
for name in ("latin-1", "LATIN-1", "Latin_1", "latin 1", "iso-8859-1", "ISO8859-1", "l1", "utf-8", "UTF_8", "U8", "ascii", "US-ASCII", "utf-16-le"):
    show(name, "\xe9".encode(name, "replace"), b"\xe9".decode(name, "replace") == "\xe9")
for name in ("latin\xed", "nope", "latin-1-", "a" * 40):
    try:
        "x".encode(name)
    except LookupError as e:
        show(ascii(str(e)))

# ---- text in order
words = ["b", "", "a", "ab", "aa", "b", "\xff", "zz", "a\0", "a\0b", "aaaaaaaaaaaa", "aaaaaaaaaaab"]
show(ascii(sorted(words)), ascii(sorted(words, reverse=True)), ascii(sorted(words, key=str.upper)))
