# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# The end of a set: of its keys in their order, of what these hold, of sets in sets to any depth; and sets made of sets with the same table.
import gc
import sys
import weakref


class Key:
    def __init__(self, number, held=None):
        self.number, self.held = number, held

    def __hash__(self):
        return self.number

    def __eq__(self, other):
        return isinstance(other, Key) and self.number == other.number

    def __del__(self):
        print(self.number, end=" ")
        if self.number == 3:
            print(list(map(len, watched)), end=" ")


class Own(set):
    def __del__(self):
        print("own", len(self), end=" ")


watched = []
for kind in set, frozenset, Own:
    for n in 0, 1, 4, 5, 30, 70:
        s = kind([Key(i) for i in range(n)])
        watched[:] = [s & kind()]
        r = weakref.ref(s, lambda r: print("weak", end=" "))
        del s
        print(r())
    s = kind([2.5, 10**20, (1, frozenset({2})), Key(6), -0.5, Key(1), 3 + 4j])
    del s
    print()

nested = frozenset()
for i in range(50000):
    nested = frozenset([nested, i])
del nested
chain = Key(0)
for i in range(1000):
    chain = Key(0, {chain})
print(sys.getrefcount(chain))
chain.held.clear()
del chain
print()


class Revives(set):
    def __del__(self):
        kept.append(self)


kept = []
s = Revives([Key(8)])
del s
print(len(kept), len(kept[0]))
kept.clear()
gc.collect()
print()

shared = Key(40)
before = sys.getrefcount(shared)
sets = [{shared, *range(n)} for n in (0, 3, 4, 9, 40, 100)]
print(sys.getrefcount(shared) - before)
for s in sets:
    for copy in set(s), s.copy(), s | set(), s | {1}, set() | s, s & s, s - set(), frozenset(s), set(frozenset(s)), Own(s).copy():
        print(copy >= s, len(copy), copy.__sizeof__() - set().__sizeof__(), [x for x in copy if x is not shared] == [x for x in s if x is not shared], end="; ")
    emptied = set(s)
    for x in list(emptied)[1:]:
        emptied.discard(x)
    print(len(emptied), set(emptied).__sizeof__(), len(set(emptied) | emptied), len(emptied | s))
print(sys.getrefcount(shared) - before)
del sets, s, copy, emptied, x
print(sys.getrefcount(shared) - before)
