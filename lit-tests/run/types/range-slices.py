# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Slices of ranges whose parts are small, none, or larger than a word.
from functools import reduce

ENDS = [None, 0, 1, 3, 6, 20, -1, -3, -6, -30, True, 1 << 40, -(1 << 70)]
STEPS = [None, 1, -1, 2, -3, 7, 1 << 40, -(1 << 70)]
RANGES = [range(0), range(6), range(1, 7), range(10, -3, -2), range(-5, 300, 50), range(0, (1 << 30) * 5, 1 << 30),
          range(0, 1 << 40, 1 << 36), range(1 << 70, (1 << 70) + 5)]


def check(r):
    items = list(r)
    count = 0
    for start in ENDS:
        for stop in ENDS:
            for step in STEPS:
                part = r[start:stop:step]
                assert list(part) == items[start:stop:step], (r, start, stop, step)
                assert part == r[slice(start, stop, step)]
                count += 1
    return count


print(sum(map(check, RANGES)))
print(range(10)[2:], range(10)[:-3], range(10)[::-1], range(10)[20:], range(10)[-20:5], range(0, 10, 3)[1:3], range(9, 0, -2)[::-2])
print(range(5)[3:1], range(5)[1:3:-1], range(0)[::-1], range(3)[::1 << 40])


class Third:
    def __index__(self):
        return 3


print(range(10)[Third():], range(10)[:Third()], range(10)[::Third()])
for key in ("x", 1.5, slice("a"), slice(None, None, 0), slice(1, 2, 1.5)):
    try:
        range(5)[key]
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
parts = [range(100)[i:i + 7] for i in range(0, 100, 7)]
print(reduce(lambda total, part: total + sum(part), parts, 0), parts[-1])
