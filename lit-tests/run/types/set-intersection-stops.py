# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# An intersection asks an iterator for no more when it has found all that the set has.
import itertools


class Told:
    def __init__(self, *items):
        self.items = iter(items)

    def __iter__(self):
        return self

    def __next__(self):
        item = next(self.items)
        print("next", item)
        return item


for s in {1, 2}, frozenset([1]), set():
    for items in (1, 2, 3), (2, 1, 1, 3), (9, 1), (1, 1, 1, 2, 4):
        print(s, s.intersection(Told(*items)), s.intersection({1, 2, 3}, Told(*items)))
s = {1, 2, 5}
s.intersection_update(Told(1, 2, 5, 6))
print(s)
print({1, 2}.intersection(itertools.count()))
