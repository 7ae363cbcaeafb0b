# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
"""Tuples and lists that begin with numbers of all kinds, in heaps, in sort and compared: what decides is the first pair that is not equal."""
import heapq

nan, inf = float("nan"), float("inf")
numbers = [0, -0.0, 0.0, 1, 1.0, True, False, 2.5, -7, 2**53, 2**53 + 1, float(2**53), float(2**53 + 2), 2**60, 2**62, 2**70,
           -(2**53) - 1, -float(2**53), 1e300, -1e300, 5e-324, inf, -inf, nan]


class Number(float):
    def __lt__(self, other):
        print("asked", float(self), other)
        return float.__lt__(self, other)


class Pair(tuple):
    def __lt__(self, other):
        return self[1] < other[1]


def relations():
    for make in tuple, list:
        rows = []
        for x in numbers:
            row = ""
            for y in numbers:
                a, b = make((x, 1)), make((y, 2))
                row += "<" if a < b else ">" if a > b else "="
            rows.append(row)
        print("\n".join(rows))


def heap():
    for step in 5, 7, 11:
        events = []
        for i in range(len(numbers) - 1):
            x = numbers[i * step % (len(numbers) - 1)]
            heapq.heappush(events, (x, i, "event"))
        out = []
        while events:
            out.append(heapq.heappop(events)[:2])
        print(out)
    events = [(x, i) for i, x in enumerate(numbers)]
    heapq.heapify(events) # with a NaN: whatever the comparisons say
    print([heapq.heappop(events)[1] for _ in numbers])
    events = [(x, i) for i, x in enumerate(numbers)]
    heapq._heapify_max(events)
    print([heapq._heappop_max(events)[1] for _ in numbers])
    print(heapq.nsmallest(3, [(3, 1), (2.5, 0), (2.5, -1), (4,)]), heapq.nlargest(2, [(), (1,), (0.5, 9), (1.0, 0)]))


def others():
    events = []
    for i, x in enumerate([3, Number(2), 1.5, Number(1)]):
        heapq.heappush(events, (x, i))
    print([heapq.heappop(events)[1] for _ in range(4)])
    events = [Pair((1, 9)), Pair((2.0, 8)), Pair((3, 7))]
    heapq.heapify(events)
    print(heapq.heappop(events))
    for bad in (1, None), (1.0, None), ("a", None):
        try:
            heapq.heapify([bad, (bad[0], 3)])
        except TypeError as e:
            print(e)
    print(sorted([(2.0, "b"), (2, "a"), (1, "c"), (1.5,), ()]), (nan,) < (nan,), (numbers[-1], 1) < (numbers[-1], 2))
    texts = ["alpha", "beta"]
    print("be" + "ta" in texts, "gamma" in texts, "beta" in [1, 2.0, None, "".join(["be", "ta"])])


relations()
heap()
others()
