# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Values of kinds that are never equal, and lists item by item: what is asked, and what is not.
import collections
import weakref


class Sly:
    def __init__(self, answer):
        self.answer = answer

    def __eq__(self, other):
        print("asked about", type(other).__name__)
        return self.answer

    __hash__ = None


class Text(str):
    def __eq__(self, other):
        return "text" if isinstance(other, str) else NotImplemented

    __hash__ = str.__hash__


class Numbers(list):
    def __eq__(self, other):
        return "numbers"


class Thing:
    def __len__(self):
        return 0


nan = float("nan")
values = [None, 1, 1.0, True, 1 + 0j, 2**70, "1", "", b"1", bytearray(b"1"), (), (1,), [], [1], {}, {1: 1}, set(), {1}, frozenset(),
          frozenset({1}), range(1), ..., NotImplemented, int, len, nan, collections.OrderedDict({1: 1}),
          collections.Counter([1]), {1: 1}.keys(), memoryview(b"1"), Text("1"), slice(1), [[], (), "a", None], collections.deque([1])]


def equal(a, b):
    return a == b


def differ(a, b):
    return a != b


def test(a, b):
    if a == b:
        return "=" if a != b else "y"
    return "n" if a != b else "!"


for a in values:
    print("".join(test(a, b) for b in values), "".join(str(equal(a, b))[0] + str(differ(a, b))[0] for b in values))
for v in (None, 1, "a", [1], (2,), {}, set()):
    s = Sly("sly")
    print(v == s, s == v, v != s, v in [s], [v] == [s], (v,) == (s,), {1: v} == {1: s})
print([nan] == [nan], nan == nan, [float("nan")] == [float("nan")], (nan,) == (nan,), [nan] != [nan], nan in [nan], [0.0] == [-0.0], [1] == [True])
deep, other = [], []
for n in range(30):
    deep, other = [deep, n], [other, n]
print(deep == other, deep != other, [deep, 1] == [other, 2], [1, 2] == [1], [1] == [1, Sly(True)], [Sly(True), 1] == [Sly(True), 1])
own = []
own.append(own)
same = []
same.append(same)
try:
    print(own == own, own == same)
except RecursionError as e:
    print("RecursionError", e)


class Shrinks:
    def __eq__(self, other):
        shrinking.clear()
        return True


shrinking = [Shrinks(), 1, 2]
print(shrinking == [0, 1, 2], shrinking)
print(Numbers() == [], [] == Numbers(), [Numbers()] == [[]], "1" == Text("1"), Text("1") == "1", Text("1") == 1, ["1"] == [Text("1")])
thing = Thing()
print(weakref.proxy(thing) == None, None == weakref.proxy(thing), weakref.proxy(thing) == "a")
print([bool(v) for v in values if v is not NotImplemented], bool(thing), bool(Text("")), [str(v) for v in ("a", 5, Text("q"), True, None, 2**80)])
for word in ("a", None, 1, 1.5, (), [], Text("a"), b"a"):
    if word == "a":
        print(word, "is a")
    elif word != "b":
        print(word, "is neither")
try:
    bool()
    print(str())
    bool(1, 2)
except TypeError as e:
    print(e)


class Pretends:
    @property
    def __class__(self):
        return list


for v in (Pretends(), [], "", 1, None, Numbers()):
    print(isinstance(v, list), isinstance(v, str), isinstance(v, Pretends), isinstance(v, (int, str)), isinstance(v, object))
