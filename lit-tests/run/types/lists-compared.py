# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Lists are compared, and lists of them sorted, by their items in turn; what cannot be compared, or changes meanwhile, is as ever.
import bisect
import heapq
import random

random.seed(8)
number, pick = random.randrange, random.choice


def by_tuples(rows, **how):
    return [list(r) for r in sorted(map(tuple, rows), **how)]


for make in (
    lambda: [number(50), number(50)],
    lambda: [number(4), pick("abc") * number(5), number(3)],
    lambda: [pick([0.0, -0.0, 1.5, 2]), number(5)],
    lambda: ["name" + str(number(30)), [number(3), number(3)]],
    lambda: [number(3) for _ in range(number(4))],
    lambda: [[number(3)], number(9)],
):
    for n in (2, 20, 64, 500):
        rows = [make() for _ in range(n)]
        mine = sorted(rows)
        assert all(not b < a for a, b in zip(mine, mine[1:]))
        assert len({id(r) for r in mine}) == len({id(r) for r in rows})
        place = {id(r): i for i, r in enumerate(rows)}
        assert all(a < b or place[id(a)] < place[id(b)] for a, b in zip(mine, mine[1:]))
        assert sorted(rows, reverse=True) == sorted(rows, key=lambda r: r, reverse=True)
        if all(not isinstance(x, list) for r in rows for x in r):
            assert repr(mine) == repr(by_tuples(rows)) and repr(sorted(rows, reverse=True)) == repr(by_tuples(rows, reverse=True))
        heap = list(rows)
        heapq.heapify(heap)
        assert [heapq.heappop(heap) for _ in range(n)] == mine
        at = bisect.bisect(mine, rows[0])
        assert mine[at - 1] == rows[0] and (at == n or rows[0] < mine[at])
print("sorted")

print([1, 2] < [1, 3], [1, 2] > [1, 3], [1] < [1, 0], [] < [], [1, 2] <= [1, 2], [2] >= [1, 9], [1, "a"] < [1.0, "b"], [[1], 2] < [[1], 3], [1, None] < [2, None])
for a, b in (([1, None], [1, 2]), ([1j], [2]), ([1], (1,)), ([{}], [{1: 2}])):
    try:
        print(a < b)
    except TypeError as error:
        print(error)
nan = float("nan")
print([nan] < [nan], [nan, 1] < [nan, 2], [nan] == [nan], [float("nan")] == [nan], sorted([[nan, i % 3] for i in range(70)])[:5])
deep = [1]
other = [2]
for _ in range(30):
    deep, other = [deep], [other]
print(deep < other, other < deep)
loop = []
loop.append(loop)
back = [loop]
try:
    print(loop < back, back < loop)
except RecursionError as error:
    print(error)


class Shrinks:
    def __init__(self, row):
        self.row = row

    def __eq__(self, other):
        self.row.clear()
        return False

    def __lt__(self, other):
        return True


row = []
row += [1, Shrinks(row)]
print(row < [1, 5], row)
tasks = [[number(5), Shrinks([i])] for i in range(80)]
print([t[0] for t in sorted(tasks)][:40])


class Own(list):
    def __lt__(self, other):
        return len(self) < len(other)


print([len(x) for x in sorted([Own([9] * n) for n in (3, 1, 2)])], sorted([Own([5, 5]), [1]]))
