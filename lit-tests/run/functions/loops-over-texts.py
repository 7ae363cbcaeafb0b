# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Loops over texts: of ASCII, of Latin-1 and beyond, of classes derived from str; characters are the shared ones.
import itertools


def count(s, c):
    n = 0
    for x in s:
        if x == c:
            n += 1
    return n


def backwards(s):
    made = ""
    for x in s:
        made = x + made
    return made


def parse(text):
    value, made = 0, []
    for c in text:
        if c.isdigit():
            value = value * 10 + ord(c) - 48
        else:
            made.append(value)
            value = 0
    return made + [value]


class Text(str):
    def __iter__(self):
        return iter(["own", "words"])


class Plain(str):
    pass


for s in ("banana", "", "a", "naïve äöü", "日本語 a", "😀a😀", Plain("banana"), Text("banana"), ["a", "bc"], ("x", "a"), {"a": 1}, {"a"}, iter("aba"), (c for c in "aab")):
    print(count(s, "a"))
for s in ("banana", "", "naïve äöü", "日本語 a", "😀a😀", Text("banana"), ["a", "bc"], {"k": 1, "l": 2}):
    print(backwards(s))
print(parse("12 34;5"), parse(""), parse("７ 1"))
print([c for c in "abc"], {c for c in "aaa"}, {c: i for i, c in enumerate("abc")}, sum(1 for c in "abc" if c > "a"))


def ways(s, t):
    made = []
    for i, c in enumerate(s):
        made.append(c * i)
    for a, b in zip(s, t):
        made.append(a + b)
    for c in s:
        if c == "c":
            break
        made.append(c)
    else:
        made.append("else")
    for c in s:
        if c == "b":
            return made, c
    return made


print(ways("abc", "xyz"), ways("äbö", "x"), ways("", ""), ways("aaa", "日本語"))
it = iter("abcdef")
for c in it:
    print(c, next(it), it.__length_hint__())
same = [c for c in "aa"]
print(same[0] is same[1])


def chars(s):
    for c in s:
        yield c, ord(c)


print(list(chars("aé日")), list(itertools.chain.from_iterable("ab")))
try:
    for a, b in "xyz":
        pass
except ValueError as e:
    print(e)
try:
    for a, b in ["xy", "z"]:
        print(a, b)
except ValueError as e:
    print(e)
