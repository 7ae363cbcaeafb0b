# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What __setstate__ says holds for the next tuple as a whole, also where the last one is filled again.
import copy
from itertools import combinations, combinations_with_replacement, permutations, product

MAKERS = {
    "product": (lambda: product("ab", "cd", "ef"), (1, 1, 0)),
    "combinations": (lambda: combinations("abcde", 3), (1, 2, 3)),
    "replacement": (lambda: combinations_with_replacement("abc", 3), (1, 1, 2)),
    "permutations": (lambda: permutations("abcd", 3), ((2, 0, 1, 3), (2, 3, 2))),
}
for name, (make, state) in MAKERS.items():
    for steps in range(3):
        for held in (False, True):
            it, kept = make(), []
            for _ in range(steps):
                item = next(it)
                if held: kept.append(item)
                del item
            it.__setstate__(state)
            print(name, steps, held, [next(it, None) for _ in range(2)], next(it, None), next(it, None), kept)
    it = make()
    next(it)
    other = copy.copy(it)
    print(name, next(it), next(other), list(it) == list(other), it.__reduce__()[1:])

# Many items each, more than are there, and none.
print([len(t) for t in product(range(2), repeat=12)][:3], sum(t[11] for t in product(range(2), repeat=12)))
print(sum(t[9] * t[0] for t in combinations(range(12), 10)), sum(1 for t in combinations_with_replacement("ab", 20)))
print(list(combinations("ab", 3)), list(permutations("ab", 3)), list(product()), list(product("ab", "")), list(combinations("", 0)))
print(list(combinations_with_replacement("", 2)), list(permutations("", 0)), list(permutations(range(3), 1)))
print(sum(a * 1000 + b * 100 + c * 10 + d for a, b, c, d in permutations(range(6), 4)))


# Pools keep their items, whatever becomes of the tuples.
class Item:
    def __init__(self, name): self.name = name
    def __repr__(self): return self.name
    def __del__(self): print("end of", self.name)


it = permutations([Item("x"), Item("y"), Item("z")])
first = next(it)
for t in it: pass
print(first, t)
del it, first
print("pool is gone")
del t
