# RUN: krait run -O0 %s 2>&1 | diff %s.out -
# RUN: krait run -O2 %s 2>&1 | diff %s.out -
# RUN: krait-interp %s 2>&1 | diff %s.out -
# Natives called with keywords: bound by the names of their parameters, in any order; what is wrong is told in CPython's words.
import itertools
import math
import sys
from collections import deque
from datetime import timedelta


class Text(str):
    def __hash__(self):
        return hash(str(self))


def told(call):
    try:
        return call()
    except (TypeError, ValueError, LookupError, AttributeError) as e:
        return f"{type(e).__name__}: {e}"


for call in (
    lambda: round(2.675, ndigits=2), lambda: round(number=2.675, ndigits=1), lambda: round(ndigits=1, number=2.25), lambda: round(ndigits=1),
    lambda: round(1.5, number=2), lambda: round(1.5, digits=2), lambda: round(1.5, 1, ndigits=2), lambda: round(),
    lambda: "a b c".split(maxsplit=1), lambda: "a b c".split(sep=" "), lambda: "a b c".split(maxsplit=1, sep="b"), lambda: "a,b".split(",", sep=","),
    lambda: "a b".split(max=1), lambda: "a b c".rsplit(" ", maxsplit=1), lambda: "é".encode(encoding="latin1"), lambda: "é".encode(errors="ignore", encoding="ascii"),
    lambda: "é".encode("ascii", errors="replace"), lambda: b"\xe9".decode(encoding="latin1"), lambda: "a\tb".expandtabs(tabsize=2),
    lambda: "a\nb".splitlines(keepends=True), lambda: "a".join(x=[]), lambda: "abc".replace("a", "b", count=1), lambda: "a".upper(x=1),
    lambda: (258).to_bytes(2, byteorder="little"), lambda: (258).to_bytes(length=2, byteorder="big", signed=True), lambda: (1).to_bytes(signed=True),
    lambda: int.from_bytes(b"ab", byteorder="big"), lambda: int.from_bytes(bytes=b"ab", byteorder="little", signed=False), lambda: int.from_bytes(byteorder="big"),
    lambda: sorted([3, 1, 2], reverse=True), lambda: sorted([3, 1, 2], key=lambda v: -v, reverse=False), lambda: sorted([1], cmp=1), lambda: sorted(iterable=[1]),
    lambda: sorted([2, 1], reverse=None), lambda: sorted([2, 1], reverse=2), lambda: [2, 1].sort(reverse=1.5),
    lambda: max([1, 2], default=5), lambda: max([], default=5), lambda: max(1, 2, key=lambda v: -v), lambda: max(1, 2, default=3), lambda: min([1], what=2),
    lambda: sum([1, 2], start=10), lambda: sum([[1], [2]], start=[]), lambda: sum(iterable=[1]), lambda: pow(base=2, exp=5), lambda: pow(2, exp=5, mod=7), lambda: pow(2, mod=7),
    lambda: math.isclose(1.0, 1.1, rel_tol=0.2), lambda: math.isclose(a=1.0, b=2.0), lambda: math.isclose(1.0, 2.0, 3.0), lambda: math.isclose(1.0, abs_tol=2),
    lambda: math.prod([2, 3], start=4), lambda: math.dist([0], q=[1]), lambda: deque([1, 2, 3], maxlen=2), lambda: deque(maxlen=2, iterable="abc"), lambda: deque(max=1),
    lambda: list(itertools.accumulate([1, 2, 3], initial=10)), lambda: list(itertools.product("ab", repeat=2)), lambda: list(itertools.zip_longest("ab", "c", fillvalue=0)),
    lambda: timedelta(days=1), lambda: timedelta(hours=1, days=2), lambda: timedelta(1, hours=1), lambda: timedelta(1, days=1), lambda: timedelta(decades=1),
    lambda: print("x", end="!\n", sep="-"), lambda: print("x", "y", sep="-"), lambda: print("x", ending=""), lambda: print("x", file=sys.stdout, flush=True),
    lambda: open(), lambda: len(obj=[]), lambda: isinstance(1, cls=int), lambda: abs(x=1), lambda: ord(c="a"), lambda: compile(source="1", filename="f", mode="eval").co_filename,
    lambda: compile("1", "f"), lambda: {}.get(key=1), lambda: {}.update(a=1), lambda: {}.pop(k=1), lambda: [].index(value=1), lambda: memoryview(object=b"a").nbytes,
):
    print(told(call))

print("names that are no constants")
for names in ({"ndigits": 1}, {"nd" + "igits": 1}, {Text("ndigits"): 1}, {"number": 2}, {1: 2}, {"": 1}, {"ndigits": 1, "number": 3}):
    print(list(names), told(lambda: round(2.25, **names)), told(lambda: "a b".split(**names)))

print("methods of subclasses, and of others")


class Words(str):
    def split(self, sep=None, maxsplit=-1):
        return "own", sep, maxsplit


class Plain(str):
    pass


def pieces(text):
    return text.split(maxsplit=1)


for text in ("a b c", Plain("a b c"), Words("a b c"), "x y z", b"a b c", bytearray(b"q r")):
    print(pieces(text))
Plain.split = lambda self, maxsplit: ("patched", maxsplit)
for text in ("a b c", Plain("a b c")):
    print(pieces(text))
print(told(lambda: pieces(3)))
print("bools for ints")
for v in (True, False):
    print([10, 20][v], "ab"[v], list(range(v)), sorted([1, 2], reverse=v), "x" * v, [0] * v, divmod(7, 1 + v), (5).to_bytes(1 + v, "big"), hex(v), chr(v))
