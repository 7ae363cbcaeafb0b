# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# list(range): every step, the borders of immediate ints, onto what is there, what is too long.
import sys

for r in [range(0), range(1), range(10), range(5, -7, -3), range(3, 3), range(-4, 9, 2), range(0, 100, 99), range(True, 3), range(9, 0)]:
    a = list(r)
    print(a, [x for x in r] == a, sys.getsizeof(a) == sys.getsizeof([*r]), type(a[0]) if a else None)
for base in [2**61, 2**62 - 3, 2**63 - 2, -(2**62) + 2, -(2**63) + 1, 2**70]:
    for step in [1, -1, 2**60, -(2**61)]:
        r = range(base, base + 6 * step, step)
        a = list(r)
        print(a == [base + i * step for i in range(6)], a[0], a[-1], hash(tuple(a)) == hash(tuple(r)))
a = ["x"]
a += range(3)
a.extend(range(2, 0, -1))
a[1:1] = range(7, 9)
print(a, [*range(3), *range(2)], sorted(list(range(4)) + [2.5]))
for r in [range(2**62), range(-(2**63), 2**63), range(0, 2**62 - 1), range(10**30)]:
    try:
        print(len(list(r)))
    except (MemoryError, OverflowError) as e:
        print(type(e).__name__, e)
a = list(range(20))
a.append(None)
a.append([])
print(a, a.count(7), a.index(None))
for size in (0, 1, 5, 9, 64, 1000):
    a = list(range(size))
    b = []
    b.extend(range(size))
    print(sys.getsizeof(a), sys.getsizeof(b), sum(a))
