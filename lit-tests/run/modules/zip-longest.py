# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# zip_longest fills its last tuple again where nobody else holds it, and lets go of iterators that have ended.
import gc
import weakref
from itertools import zip_longest

print(list(zip_longest([1, 2, 3], "a")), list(zip_longest([1], "abc", fillvalue=0)), list(zip_longest([], [])))
print(list(zip_longest([1, 2], "a", (None, 5, 6), fillvalue="-")), list(zip_longest()), list(zip_longest("ab")))
z = zip_longest([1, 2, 3], [4])
first = next(z)
second = next(z)
print(first, second, first is second, next(z), first, second)
print(len({id(pair) for pair in zip_longest(range(10), range(10))}) < 10)
kept = []
for pair in zip_longest([[1], [2]], [[3], [4]]):
    kept.append(pair)
print(kept)
for x, y in zip_longest([1, 2, 3], [[4], [5]]):
    print(x, y)


class Item:
    pass


item = Item()
ref = weakref.ref(item)
z = zip_longest([item], [1, 2])
del item
next(z)
print(next(z), ref() is None)


def failing():
    yield 1
    raise ValueError("from an iterator")


for order in ((failing(), range(3)), (range(3), failing())):
    z = zip_longest(*order)
    print(next(z))
    try:
        next(z)
    except ValueError as error:
        print(error)
    print(list(z))


def again():
    yield 1
    yield next(z)


z = zip_longest(again(), [1, 2, 3])
print(next(z))
try:
    print(next(z))
except ValueError as error:
    print(error)
cycle = [zip_longest([[]], [1])]
next(cycle[0])[0].append(cycle)
ref = None
del cycle
print(gc.collect() > 0)
print(next(zip_longest([1], [2]).__reduce__()[1][0]))
