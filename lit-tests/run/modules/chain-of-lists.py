# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# chain() goes from list to list with one iterator where nobody sees it: what changes meanwhile, and who holds the iterators.
import sys
from itertools import chain

class Item:
    def __init__(self, name):
        self.name = name
    def __del__(self):
        print("dies", self.name)

print(list(chain([], [1], [], [2, 3], (), "ab", range(2))))
rows = [[1, 2], [], [3], [4, 5, 6]]
for x in chain.from_iterable(rows):
    if x == 2:
        rows.append([7])
        rows[2].append(30)
    print(x, end=" ")
print()
# Lists that only the chain holds die where they end.
for x in chain([Item("a"), Item("b")], [Item("c")], [Item("d")]):
    print("got", x.name)
    del x
print("through")
lists = [[Item("e")], [Item("f"), Item("g")]]
it = chain.from_iterable(lists)
print(next(it).name)
lists[0].clear()
print(next(it).name, sys.getrefcount(lists[0]), sys.getrefcount(lists[1]))
lists[1].clear()
print(list(it), sys.getrefcount(lists[0]), sys.getrefcount(lists[1]))
# A list that grows behind its end is done.
a = [1]
it = chain(a, [2])
print(next(it), next(it))
a.append(9)
print(list(it))
it = chain([1, 2], [3])
next(it)
copy = it.__reduce__()
print(copy[2][0].__length_hint__(), list(it), list(copy[2][1]))
try:
    for x in chain.from_iterable([[1], [2], 3]):
        print(x)
except TypeError as e:
    print(e)
print(list(map(max, [1, 5], [4, 2])), list(map(lambda a, b: a - b, [3, 4], iter([1]))), list(map(pow, (2, 3), range(9), [5, 5, 5])))
it = iter([1, 2, 3])
print(list(map(lambda a, b: (a, b), it, [0])), next(it))
