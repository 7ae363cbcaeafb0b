# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Entries of heaps that differ behind their first items: counters, other numbers, texts, what has `<` of its own, and none of these.
import heapq
import random

rng = random.Random(7)


def sorted_by_heap(entries):
    heap = []
    for entry in entries:
        heapq.heappush(heap, entry)
    made = list(entries)
    heapq.heapify(made)
    out = [heapq.heappop(heap) for _ in range(len(heap))]
    assert out == [heapq.heappop(made) for _ in range(len(made))]
    return out


class Entry:
    compared = 0

    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        Entry.compared += 1
        return self.n < other.n

    def __repr__(self):
        return f"E{self.n}"


for entries in (
    [(rng.randrange(3), i, object) for i in range(40)],
    [(rng.randrange(2), rng.random(), "x") for i in range(40)],
    [(0, 0, 0, rng.randrange(10)) for i in range(20)],
    [(1, 1.0, n) for n in range(9, 0, -1)],
    [(n % 2 or 1.0, n) for n in range(9, 0, -1)],
    [(True, n % 3 == 0, -n) for n in range(9)],
    [(0.0, 3), (-0.0, 2), (0, 1), (-0.0, 0)],
    [("a", n) for n in (3, 1, 2)],
    [(1, 2), (1,), (), (1, 2, 3), (1, 2)],
    [(1 << 70, 2), (1 << 70, 1), (1 << 69, 3)],
):
    result = sorted_by_heap(entries)
    print(result == sorted(entries), [e[1:2] for e in result][:12])
equal = [(1, Entry(n)) for n in (5, 3, 4, 1, 2)]
print(sorted_by_heap(equal), Entry.compared)
nan = float("nan")
print(sorted_by_heap([(nan, 2), (nan, 1), (nan, 3)]), sorted_by_heap([(1, nan), (1, 2.0), (1, nan)]))
for heap in [(1, "a"), (1, 2)], [(1, None), (1, None)], [(1, 2), (1, Entry(1))]:
    try:
        heapq.heapify(heap)
        print(heap)
    except (TypeError, AttributeError) as error:
        print(error)
largest = [(1, n) for n in range(7)]
heapq._heapify_max(largest)
print([heapq._heappop_max(largest) for _ in range(7)])
print(heapq.nlargest(3, [(1, n) for n in range(7)]), heapq.nsmallest(3, [(1, n) for n in range(7, 0, -1)]))
same = (1, 2)
print(sorted_by_heap([same, same, (1, 1), same]))
