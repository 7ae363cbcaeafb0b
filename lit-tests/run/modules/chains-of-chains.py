# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# itertools.chain within itertools.chain: order, ends at every level, iterators that others step too, errors.
from itertools import chain, count, islice


def numbers(n):
    for i in range(n):
        yield i


def failing():
    yield 1
    raise KeyError("inside")


it = iter([])
for i in range(6):
    it = chain(it, [i], (i, i))
print(list(it), list(it))

it = [0, 1, 2]
for i in range(5):
    it = chain(it)
for x in it:
    print(x, end=" ")
print(next(it, "end"))

it = chain(chain(chain("ab", numbers(2)), range(3)), chain(chain([])), chain((7,)), {8: 1})
for x in it:
    print(x, end=" ")
print()

inner = chain([1, 2, 3, 4], "xy")
outer = chain(chain(inner), [5])
print(next(outer), next(inner), next(outer), list(inner), list(outer))

it = chain.from_iterable(chain([i], chain([i + 1])) for i in range(3))
print([x for x in it])

it = chain(chain([0], chain(failing())), [9])
try:
    for x in it:
        print(x, end=" ")
except KeyError as e:
    print(e)
print(list(it))
print(list(islice(chain(chain(count(3))), 4)))


class Derived(chain):
    def __next__(self):
        return -super().__next__()


print(list(chain(chain(Derived([1, 2, 3])), [4])))

it = chain(chain([1, 2]), [3])
held = [it]
held[0] = chain(it, held)
for x in held[0]:
    print(type(x).__name__, end=" ")
    held.clear()
print()
