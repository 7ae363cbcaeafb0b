# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# split() at white space finds each word wherever it stands among the sixteens and sixty-fours in which texts are read: spaces of ASCII and of
# Latin-1, at both ends, divided a number of times; wide texts and what is no word.
import random
import sys

SPACES = " \t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0"
NO_SPACES = "a\x08\x0e\x1b!~\x7f\x84\x86\x9f\xa1\xff\x00"


def words(text, most=-1):
    """The same character by character."""
    found, at = [], 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if at == len(text):
            return found
        if most == 0:
            return found + [text[at:]]
        end = at
        while end < len(text) and not text[end].isspace():
            end += 1
        found.append(text[at:end])
        at, most = end, most - 1


def check(text):
    for most in (-1, 0, 1, 2, 7, 100):
        assert text.split(None, most) == words(text, most), (text, most)
    assert text.split() == text.split(None) == words(text), text
    assert list(reversed(text[::-1].split())) == [w[::-1] for w in words(text)], text


chosen = random.Random(5)
for length in list(range(70)) + [127, 128, 129, 200]:
    for alphabet in ("a ", "ab\t\n ", SPACES + NO_SPACES, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ", SPACES, "xyz", "\u4e00 \u3000a", "\U0001f600 b\u2028"):
        check("".join(chosen.choice(alphabet) for _ in range(length)))
for c in map(chr, range(256)):
    assert ("a" + c + "b").split() == (["a", "b"] if c.isspace() else ["a" + c + "b"]), c
    assert (c * 16 + "b" + c * 47 + "d" + c).split() == (["b", "d"] if c.isspace() else [c * 16 + "b" + c * 47 + "d" + c])
for at in range(63, 66):
    text = "x" * at + " " + "y" * 64
    assert text.split() == ["x" * at, "y" * 64]


class Text(str):
    pass


whole = Text("one")
print(whole.split(), type(whole.split()[0]) is str, "".split(), " \t ".split(), "one".split()[0])
print([sys.getsizeof(("w " * n).split()) for n in (0, 1, 2, 12, 13, 20)])
print(sorted("hello world"), sorted("b\xe9a"), sorted("\u4e00b"), sorted(Text("cab")), sorted("ba", reverse=True), sorted(""))
print(list("abc"), list("\xff\xfe"), list(""), sys.getsizeof(list("abc")), sys.getsizeof(sorted("abcde")), sys.getsizeof(list("")))
letters = list("cab")
letters.append(letters)
print(letters.pop() is letters, letters)
letters[1] = object()
del letters[1]
print(letters, tuple("xyz"), [*"pq"], set("hello hello") == {"h", "e", "l", "o", " "}, len(set("\xff\x80a\xff")), frozenset("aab") == frozenset("ab"))
for text in ("", "a", "mississippi", "\xe9t\xe9", "\u4e00\u4e00b", "".join(map(chr, range(256))) * 2):
    one_by_one = set()
    for c in text:
        one_by_one.add(c)
    assert set(text) == one_by_one and list(set(text)) == list(one_by_one), text
grown = {"z"}
grown.update("zebra")
print(sorted(grown))
