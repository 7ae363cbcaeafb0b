# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# bisect, heapq, min and max order tuples, lists and texts without asking anybody, and ask where somebody may have an opinion.
import bisect
import heapq

pairs = [(i // 2, "ab"[i % 2]) for i in range(20)]
print(bisect.bisect(pairs, (4, "a")), bisect.bisect_left(pairs, (4, "a")), bisect.bisect(pairs, (4,)), bisect.bisect(pairs, (99, "")))
words = sorted(f"w{i}" for i in range(30))
print(bisect.bisect(words, "w2"), bisect.bisect_left(words, "w2"), bisect.bisect(words, ""), bisect.bisect(words, "w2", 5, 9))
lists = [[i, i] for i in range(9)]
print(bisect.bisect(lists, [4, 4]), bisect.bisect_left(lists, [4, 4]), max(lists), min(lists, default=None))
mixed = [1, 2.5, 3, True + 3, 5.0]
print(bisect.bisect(mixed, 3), bisect.bisect_left(mixed, 3.0), bisect.bisect(mixed, True), max(mixed), min(mixed))
nan = float("nan")
print(bisect.bisect([nan, nan, 1.0], 2.0), bisect.bisect_left([nan, nan], nan), max([(nan, 1), (1.0, 2)])[1], min([(nan, 1), (1.0, 2)])[1])


class Item:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        print("<", self.value, other.value)
        return self.value < other.value


items = [Item(i) for i in range(7)]
print(bisect.bisect(items, Item(3)), bisect.bisect_left(items, Item(3)))
print(max((1, items[2]), (1, items[4]))[1].value)


class Backwards(tuple):
    def __lt__(self, other):
        return tuple.__gt__(self, other)

    def __gt__(self, other):
        return tuple.__lt__(self, other)


class Same(tuple):
    pass


print(max(Backwards((1,)), Backwards((2,))), min(Backwards((1,)), (2,)), max((1,), Backwards((2,))), max(Same((1,)), (2,), Same((0, 9))))
print(bisect.bisect([Backwards((3,)), Backwards((2,)), Backwards((1,))], Backwards((2,))))
for wrong in ([1, "a"], 1), ([(1, 2), (1, "b")], (1, 3)), ([None], 1):
    try:
        print(bisect.bisect_left(*wrong))
    except TypeError as error:
        print(error)
for wrong in [1, "a"], [(1, 2), (1, None)], [{}, {}]:
    try:
        print(max(wrong))
    except TypeError as error:
        print(error)


class Shrinking(list):
    pass


class Clears:
    def __lt__(self, other):
        victims.clear()
        return True


victims = [(0, i) for i in range(3)] + [Clears() for _ in range(9)]
try:
    print(bisect.bisect_left(victims, (0, 5)))
except IndexError as error:
    print(error)
print(bisect.bisect(Shrinking([1, 2, 3]), 2), bisect.bisect((1, 2, 3), 2), bisect.bisect([1, 2, 3], 2, key=lambda x: -x))
heap = [(3, "c"), (1, "a"), (2, "b")]
heapq.heapify(heap)
print([heapq.heappop(heap) for _ in range(3)])
