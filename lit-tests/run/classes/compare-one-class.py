# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Two instances of one class, which the library compares: the class's function is entered directly.
import bisect
import heapq
import sys
import traceback


class Item:
    def __init__(self, key):
        self.key = key

    def __lt__(self, other):
        return self.key < other.key

    def __repr__(self):
        return f"Item({self.key})"


print(sorted(map(Item, [3, 1, 2])), max(map(Item, [3, 1, 2])))
heap = []
for key in [5, 3, 8, 1]:
    heapq.heappush(heap, Item(key))
print([heapq.heappop(heap).key for _ in range(4)], bisect.bisect([Item(1), Item(3)], Item(2)))


class Silent:
    """Has no answer: the reflected operator is asked, then identity, or there is none."""
    calls = []

    def __lt__(self, other):
        self.calls.append("lt")
        return NotImplemented

    def __gt__(self, other):
        self.calls.append("gt")
        return self.answer

    def __eq__(self, other):
        self.calls.append("eq")
        return NotImplemented

    answer = True
    __hash__ = object.__hash__


a, b = Silent(), Silent()
print(a < b, [a] < [b], Silent.calls)
Silent.answer = NotImplemented
for compare in (lambda: a < b, lambda: [a] < [b], lambda: sorted([a, b])):
    try:
        compare()
    except TypeError as error:
        print(error, Silent.calls[-3:])
Silent.calls.clear()
print([a] == [b], a in [b, a], [b].count(a), {a: 1}.get(b), Silent.calls)


class Words:
    """Truth of answers, defaults, other callables than functions."""
    def __lt__(self, other, more=[]):
        return more

    def __gt__(*both):
        return both and "yes"

    __eq__ = staticmethod(lambda *both: len(both))
    __le__ = classmethod(lambda cls, other: cls.__name__)
    __ge__ = len


a, b = Words(), Words()
print(a < b, a > b, a == b, a <= b, bool([a] < [b]), bool([a] == [b]), [a].index(b))
try:
    a >= b
except TypeError as error:
    print(error)


class Turncoat:
    def __eq__(self, other):
        self.__class__ = other.__class__ = Other
        return NotImplemented


class Other:
    def __eq__(self, other):
        return "other"


print(Turncoat() == Turncoat(), [Turncoat()] == [Turncoat()])


class Dropping:
    """Its method is replaced while it runs."""
    def __eq__(self, other):
        del Dropping.__eq__
        return self is other


print([Dropping()] == [Dropping()], [Dropping()] == [Dropping()])


class Deep:
    def __eq__(self, other):
        return [self] == [other]


sys.setrecursionlimit(150)
levels = 0


class Counted:
    def __eq__(self, other):
        global levels
        levels += 1
        return [self] == [other]


for kind in (Deep, Counted):
    try:
        kind() == kind()
    except RecursionError as error:
        print(error)
print(levels)
sys.setrecursionlimit(1000)


class Raising:
    def __lt__(self, other):
        raise ValueError("no order")


try:
    sorted([Raising(), Raising()])
except ValueError:
    print([frame.name for frame in traceback.extract_tb(sys.exc_info()[2])])
