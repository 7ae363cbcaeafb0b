# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# Heaps of instances whose class orders them: what its method answers, raises or does to the heap.
import heapq


class Task:
    def __init__(self, rank, answer=None):
        self.rank = rank
        self.answer = answer

    def __lt__(self, other):
        if self.answer is not None:
            return self.answer(self, other)
        return self.rank < other.rank

    def __repr__(self):
        return f"T{self.rank}"


class Urgent(Task):
    def __gt__(self, other):
        asked.append("gt")
        return True


def sortBy(answer):
    heap = []
    for i in (5, 3, 8, 1, 9, 2):
        heapq.heappush(heap, Task(i, answer))
    out = [heapq.heappop(heap) for _ in range(6)]
    heapq.heapify(out)
    return out, heapq.nsmallest(2, out), heapq.nlargest(2, out), heapq.heappushpop(out, Task(4)), heapq.heapreplace(out, Task(0))


asked = []
print(sortBy(None))
print(sortBy(lambda a, b: [1] * (a.rank < b.rank)))
print(sortBy(lambda a, b: 0.5 if a.rank < b.rank else 0.0))
try:
    sortBy(lambda a, b: NotImplemented)
except TypeError as e:
    print(e)
try:
    sortBy(lambda a, b: 1 / 0)
except ZeroDivisionError as e:
    print(e)


class NoTruth:
    def __bool__(self):
        raise ValueError("no truth")


try:
    sortBy(lambda a, b: NoTruth())
except ValueError as e:
    print(e)

mixed = [Task(4), Task(2), Urgent(3), Task(1)]
heapq.heapify(mixed)
print(mixed, asked)
heapq.heappush(mixed, Urgent(0))
print(mixed, asked)
for odd in ([Task(1), 3], [3, Task(1)], [Task(2), None]):
    try:
        heapq.heapify(odd)
        print(odd)
    except (TypeError, AttributeError) as e:
        print(e)

heap = [Task(i) for i in range(4)]


def shrink(a, b):
    heap.pop()
    return True


heap[1].answer = shrink
try:
    heapq.heappop(heap)
except RuntimeError as e:
    print(e, len(heap))
Task.__lt__ = lambda a, b: a.rank > b.rank
heap = []
for i in (5, 3, 8):
    heapq.heappush(heap, Task(i))
print(heap)
