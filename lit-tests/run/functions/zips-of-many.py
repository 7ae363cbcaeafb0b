# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Zips of more than two sequences: tables turned over, rows of unequal length, iterators in several places, and collections meanwhile.
import gc


def told(what):
    try:
        print(what())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)


rows = [(i, str(i), i * 2.5, [i]) for i in range(7)]
print(list(zip(*rows)) == [tuple(r[k] for r in rows) for k in range(4)], tuple(zip(*zip(*rows))) == tuple(rows))
for kinds in ((list, list, list), (tuple, list, tuple), (list, iter, range), (str, list, tuple)):
    make = [k if k is not range else (lambda v: range(len(v))) for k in kinds]
    for lengths in ((3, 3, 3), (3, 2, 3), (0, 3, 3), (3, 3, 1), (2, 40, 70)):
        data = [m("abcdefghij" * 7)[:n] if m is str else m(list("abcdefghij" * 7)[:n]) for m, n in zip(make, lengths)]
        z = zip(*data)
        print(list(z), next(z, "end"), end=" ")
        data = [m("abcdefghij" * 7)[:n] if m is str else m(list("abcdefghij" * 7)[:n]) for m, n in zip(make, lengths)]
        told(lambda: len(list(zip(*data, strict=True))))

# What is left in the iterators, and one that stands there twice.
for places in ([0, 1, 2], [0, 0, 1], [0, 1, 0], [0, 0, 0], [2, 1, 2, 0]):
    its = [iter(list(range(k, k + 8))) for k in (0, 100, 200)]
    z = zip(*(its[p] for p in places))
    print(next(z), list(z), [list(i) for i in its])
its = [iter([1, 2, 3, 4, 5]), iter((6, 7, 8)), iter([9, 10, 11, 12])]
z = zip(*its)
print(next(z), next(its[0]), list(z), [list(i) for i in its])

# A list that grows and shrinks, the tuple that is kept or not.
a, b, c = [1, 2, 3], [4, 5, 6], [7, 8, 9]
z = zip(a, b, c)
first = next(z)
a.append(10), b.append(11), c.append(12)
print(first, [t for t in z], next(z, None))
z = zip(a, b, c)
for t in z:
    if t[0] == 2:
        del a[3:]
        b.extend([1, 2, 3])
print(t, list(z))
wide = [[i, -i] for i in range(100)]
print([sum(t) for t in zip(*wide)], [len(t) for t in zip(*wide[:64])], [len(t) for t in zip(*wide[:65])])


class Stepping:
    """In a cycle, so that a collection ends it; it then takes an item of one of the iterators."""

    def __init__(self, it):
        self.me, self.it = self, it

    def __del__(self):
        taken.append(next(self.it, None))


for threshold in (1, 3, 10):
    taken = []
    columns = [list(range(k, k + 50)) for k in (0, 100, 200)]
    its = [iter(c) for c in columns]
    for it in its:
        Stepping(it)
    gc.set_threshold(threshold)
    made = [t for t in zip(*its)]
    gc.set_threshold(700)
    gc.collect()
    seen = sorted([x for t in made for x in t] + [x for x in taken if x is not None] + [x for i in its for x in i])
    # What a column had left over when another one ended is lost, as it is without a collection.
    print(len(seen) >= 147, len(set(seen)) == len(seen), all(t[0] < 100 <= t[1] < 200 <= t[2] for t in made), len(taken))
