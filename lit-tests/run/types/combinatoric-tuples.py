# RUN: krait run %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Tuples that the combinatoric iterators hand out: filled again unless somebody holds them, and the items die as the last one changes.
import itertools, gc, copy
class C:
    def __init__(self, n): self.n = n
    def __repr__(self): return f"C{self.n}"
    def __del__(self): print("del", self.n, end="; ")

for make in (lambda: itertools.product("ab", [1, 2], repeat=2), lambda: itertools.combinations(range(5), 3), lambda: itertools.permutations("abcd", 2),
             lambda: itertools.combinations_with_replacement("abc", 2), lambda: itertools.product(), lambda: itertools.combinations("abc", 0),
             lambda: itertools.permutations("abc"), lambda: itertools.permutations([], 1), lambda: itertools.combinations("ab", 3)):
    kept = list(make())
    print(len(kept), len(set(kept)), kept[:3], kept[-2:])
    again, every_other = [], []
    for n, t in enumerate(make()):
        if n % 2: every_other.append(t)
        again.append(tuple(list(t)))
        ident = id(t)
    print(again == kept, every_other == kept[1::2])
    it = make()
    next(it, None); next(it, None)
    print(list(copy.copy(it)) == kept[2:], list(it) == kept[2:])

def unpacked():
    it = itertools.product([C(1), C(2)], [C(3), C(4)])
    for a, b in it: print(a, b, end=" ")
    a = b = None
    print("end", end=" ")
    del it
    print()
unpacked()
def selected():
    for a, b in itertools.combinations([C(n) for n in range(3)], 2): print(a, b, end=" ")
    a = b = None
    print("end")
selected()
l = []
it = itertools.product([l], [1, 2])
l.append(it); next(it); del it, l
print(gc.collect() > 0)
t = next(itertools.product([1], [[2]]))
print(gc.is_tracked(t))
def several(make, n):
    for a, b in make([C(k) for k in range(n)]): pass
    a = b = None
    print("end")
for make in (lambda l: itertools.combinations(l, 2), lambda l: itertools.permutations(l, 2), lambda l: itertools.combinations_with_replacement(l, 2), lambda l: itertools.product(l, repeat=2)):
    several(make, 4)
import sys
def f(stop):
    p=[C(1), C(2)]; q=[C(3), C(4)]
    it = itertools.product(p,q)
    k=0
    for a, b in it:
        k+=1
        if k==stop: break
    a=b=None
    print([sys.getrefcount(x) for x in p+q], end=' ')
    del p, q
    print("end", end=" ")
    del it
    print()
f(4); f(5); f(2)
