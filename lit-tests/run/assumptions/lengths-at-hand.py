# RUN: krait run %s | diff %s.out -
# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O1 --verify-each %s | diff %s.out -
# Length and truth of builtin containers, and of classes that leave both to one, are a word of theirs. Classes that do not are asked,
# from when on they say so.
import array
from collections import Counter, OrderedDict, defaultdict, deque


class Plain(list):
    pass


class Seven(list):
    def __len__(self):
        return 7


class Heir(Seven):
    pass


class NeverTrue(dict):
    def __bool__(self):
        return False


class Text(str):
    pass


class Pair(tuple):
    __slots__ = ()


class Empty:
    def __len__(self):
        return 0


class ListFirst(Plain, Empty):
    pass


class EmptyFirst(Empty, list):
    pass


def length(x):
    return len(x)


def truth(x):
    if x:
        return 1
    return 0


THINGS = [
    [1, 2], (1,), "abc", "", "é", b"", b"xy", bytearray(b"q"), bytearray(), {}, {1: 2}, set(), {1}, frozenset({1, 2}),
    Plain(), Plain([1]), Seven(), Heir([1]), NeverTrue(), NeverTrue(a=1), Text("ab"), Text(), Pair(), Pair((1, 2)),
    Empty(), ListFirst(), ListFirst([1]), EmptyFirst([1]), OrderedDict(a=1), OrderedDict(), defaultdict(list), Counter("aab"),
    deque(), deque([1, 2]), range(4), range(0), array.array("i", [1]), array.array("i"), memoryview(b"abc"), {}.keys(), {1: 2}.items(),
]
for _ in range(2):
    for thing in [*THINGS, 0.0, 1.5, 2**80, None]:
        try:
            print(type(thing).__name__, truth(thing), length(thing))
        except TypeError as error:
            print(error)
print([len(x) for x in THINGS], [not x for x in THINGS])


def class_changes():
    x = Plain([1, 2, 3])
    for i in range(4):
        print(length(x), truth(x))
        if i == 0:
            Plain.__len__ = lambda self: 0
        if i == 1:
            Plain.__bool__ = lambda self: True
        if i == 2:
            del Plain.__len__, Plain.__bool__
    x.__class__ = Seven
    print(length(x), truth(x))
    x.__class__ = Plain
    print(length(x), truth(x))


class_changes()


def loop_goes_on(x, rounds):
    total = 0
    for i in range(rounds):
        total += len(x)
        if x:
            total += 1
        if i == 5:
            Plain.__len__ = lambda self: 100
        if i == 9:
            Plain.__bool__ = lambda self: False
    return total


print(loop_goes_on(Plain([1, 2]), 20))
