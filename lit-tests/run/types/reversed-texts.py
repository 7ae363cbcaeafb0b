# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# reversed() of texts and tuples, of which the items are at hand, and of other sequences: in loops, joined, into containers, stopped and set anew,
# of derived classes that have a say, and how long the sequence lives.


class Text(str):
    def __getitem__(self, i):
        return "<" + str.__getitem__(self, i) + ">"


class Own(tuple):
    def __reversed__(self):
        return iter(["own"])


class Loud(str):
    def __del__(self):
        print("del", str(self))


class Items:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n

    def __getitem__(self, i):
        if i == 1:
            raise IndexError
        return i


for text in ("", "a", "hello", "\xe9t\xe9", "\u4e00\u0101b", "\U0001f600x", "x" * 100):
    assert "".join(reversed(text)) == text[::-1] == "".join(c for c in reversed(text))
    assert list(reversed(text)) == list(text)[::-1] and tuple(reversed(text)) == tuple(text)[::-1]
    items = tuple(text)
    assert list(reversed(items)) == list(items)[::-1] and [*reversed(items)] == list(items)[::-1]
print("".join(reversed(Text("abc"))), list(reversed(Own((1, 2)))), list(reversed(Items(4))), list(reversed(range(3))), list(reversed(b"ab")))
print("-".join(reversed(("a", "b"))), max(reversed("bca")), sorted(reversed((3, 1, 2))), dict(zip(reversed("ab"), reversed((1, 2)))), set(reversed("aa")))
it = reversed("hello")
print(next(it), it.__length_hint__(), it.__reduce__()[1:], list(it), list(it), next(it, "end"), it.__length_hint__(), it.__reduce__()[1:])
it = reversed((1, 2, 3))
it.__setstate__(1)
print(next(it), list(it))
it.__setstate__(2)
print(list(it))
it = reversed("abc")
it.__setstate__(99)
print(list(it), [c + d for c, d in zip(reversed("ab"), reversed("cd"))], list(enumerate(reversed("xy"))))
loud = reversed(Loud("ab"))
print(list(loud))
print("behind")
for wrong in (5, {1}, None, iter("a")):
    try:
        reversed(wrong)
    except TypeError as e:
        print(e)
try:
    reversed("a", "b")
except TypeError as e:
    print(e)
try:
    reversed(sequence="a")
except TypeError as e:
    print(e)
try:
    "".join(reversed(("a", 1)))
except TypeError as e:
    print(e)
