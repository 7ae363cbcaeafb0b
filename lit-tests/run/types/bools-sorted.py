# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Sorted by truth, alone and in front of others.
for n in 2, 3, 20, 100:
    mixed = [(i * 7 % 5 < 2, -i) for i in range(n)]
    print(sorted(t for t, i in mixed) == [False] * sum(not t for t, i in mixed) + [True] * sum(t for t, i in mixed))
    print(sorted(mixed)[:12], sorted(mixed, reverse=True)[-9:])
    print([i for t, i in sorted(mixed, key=lambda m: m[0])][:20], [i for t, i in sorted(mixed, key=lambda m: m[0], reverse=True)][:20])
    print(sorted([[i % 3, t, i] for t, i in mixed])[:9])
print(sorted([True, 0, False, 1, 0.5]), sorted([(True, 1), (False, 2), (0, 0), (1.0, 0)]), (True, 2) < (True, 3), (False,) == (False,), [True] < [False])
try:
    sorted([True, None, False])
except TypeError as e:
    print(e)
