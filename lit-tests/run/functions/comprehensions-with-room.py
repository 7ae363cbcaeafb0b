# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# A comprehension's list has room for what its iterator has left from the start: as much as after appending.
import sys


def sizes(make):
    return [sys.getsizeof([x for x in make(n)]) for n in (0, 1, 4, 5, 8, 9, 16, 17, 63, 64, 65, 1000, 4096, 4097, 10000)]


print(sizes(range) == sizes(lambda n: list(range(n))) == sizes(lambda n: tuple(range(n))) == sizes(lambda n: dict.fromkeys(range(n))) ==
      sizes(lambda n: dict.fromkeys(range(n)).values()) == sizes(lambda n: dict.fromkeys(range(n)).items()) == sizes(lambda n: zip(range(n))))
print(sizes(range) == sizes(lambda n: enumerate(range(n))) == sizes(lambda n: enumerate(list(range(n)), 1)) == sizes(lambda n: zip(range(n), list(range(n)))) ==
      sizes(lambda n: zip(tuple(range(n + 3)), range(n), dict.fromkeys(range(n + 1)))) == sizes(lambda n: enumerate(zip(range(n), range(n)))))


def in_pairs(n):
    steps = iter(range(n))
    return zip(steps, steps)


print(sizes(in_pairs), sizes(lambda n: zip()), sizes(lambda n: enumerate(x for x in range(n))), sizes(lambda n: zip(range(n), enumerate(range(n)))))
print(sizes(range))
print([sys.getsizeof([x for x in range(100) if x % n == 0]) for n in (1, 2, 50)], sys.getsizeof([(x, y) for x in range(5) for y in range(5)]))
print([sys.getsizeof(sorted(x for x in range(n))) for n in (0, 5, 100)], [sys.getsizeof(list(x for x in range(n))) for n in (0, 5, 100)])


def growing(items):
    return [items.append(0) or x for x in items if len(items) < 10], [len(items) < 20 and items.append(x) for x in items]


def shrinking(items):
    return [items.pop() for _ in items], [items.clear() or x for x in items]


def cut_short(items):
    try:
        return [1 // x for x in items]
    except ZeroDivisionError as error:
        return error.__traceback__.tb_next.tb_frame.f_locals["x"]


def partly(iterator):
    next(iterator)
    return [x for x in iterator], [x for x in iterator]


for turn in range(3):
    print(growing([1, 2]), shrinking([1, 2, 3, 4]), cut_short([1, 0, 2]), cut_short(range(-2, 3)))
    print(partly(iter([1, 2, 3])), partly(iter((1, 2))), partly(iter(range(4))), partly(iter({1: 2, 3: 4})), partly(iter({1: 2, 3: 4}.items())))
    changed = {1: 1, 2: 2}
    try:
        [changed.update({x + 10: x}) for x in changed]
    except RuntimeError as error:
        print(error)


class Items(list):
    def __iter__(self):
        return iter([7, 8])


print([x for x in Items([1, 2, 3])], [x for x in "abc"], [x for x in {5}], [x for x in b"ab"], [x for x in enumerate("a")])
print(len([None for _ in range(10**5)]), [x for x in range(10**30, 10**30 + 2)], [[y for y in range(x)] for x in range(4)])
try:
    [x // 0 for x in range(10**15)]
except ZeroDivisionError as error:
    print(error)
