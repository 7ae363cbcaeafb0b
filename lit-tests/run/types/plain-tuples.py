# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Tuples that are compared without a call: as keys, in heaps, with floats, subclasses, items of other kinds, deeply nested.
import heapq, collections
P = collections.namedtuple("P", "a b")
class T(tuple): pass
class E(tuple):
    def __eq__(self, o): print("eq"); return True
    __hash__ = tuple.__hash__
class L(tuple):
    def __lt__(self, o): print("lt"); return tuple.__lt__(self, o)
nan = float("nan")
d = {(1, (2, 3.5)): "a", P(1, P(2, "x")): "b", T((1, 2)): "t", (0.0,): "z", (nan, 1): "nan", ((1,),) * 3: "n"}
for k in ((1, (2, 3.5)), (1.0, (2, 3.5)), (True, (2.0, 3.5)), (1, (2, "x")), P(1, (2, "x")), (1, 2), T((1, 2)), (-0.0,), (nan, 1), (float("nan"), 1), ((1,), (1,), (1,)), ((1,), (1,), (1, 2))):
    print(k, d.get(k))
print((1, 2) in {E((1, 2)): 1}, E((1, 2)) == (3,), E((1, 2)) in [(1, 2)], (1, 2) in [E((5, 6))])
deep = ()
deep2 = ()
for i in range(40):
    deep = (deep, i); deep2 = (deep2, i)
print({deep: 1}[deep2], deep == deep2, deep in [deep2])
for items in ([(1.5, 2, "a"), (0.5, 1, "b"), (1.5, 1, "c")], [(1, "b"), (1, "a")], [(0.0, 2), (-0.0, 1)], [(nan, 1), (nan, 0), (1.0, 2)], [P(2, 1), P(1, 5), (1, 4)], [(1,), (1, 0), ()], [L((2, 1)), L((1, 1))], [3, 1.5, 2, True, -1], [(2**70, 1), (2**70, 0)], [((1, 2), 3), ((1, 1), 9)],
              [("b", "x"), ("b", "w"), ("a", "\u00e9"), ("a", "\u20ac"), ("a", "e"), ("a", "")], [(1.5, "b", 2), (1.5, "a", 3), (1, "c"), (1.5, "a")],
              [(0.0, "b"), (-0.0, "a"), (0, "c")], [(float("inf"), 2), (-1e300, 1), (float("inf"), 1), (2.5, 0)]):
    h = []
    for x in items: heapq.heappush(h, x)
    print([heapq.heappop(h) for _ in items])
for bad in ([(1, "a"), (1, 2)], [(1, None), (1, None, 2), (1, {})], [1, "x"]):
    h = []
    try:
        for x in bad: heapq.heappush(h, x)
        print(h)
    except TypeError as e: print(e)
print(heapq.nlargest(2, [(1, 2), (3, 4), (0.5, 9)]), heapq.nsmallest(2, [(1, 2), (3, 4), (0.5, 9)]))
print([(1, 2.0), (1, 2), (0.0, "a")].index((1.0, 2)), [(0.0, "a")].count((-0.0, "a")))
print([((1.5, "a") < (1.5, "b")), ((1.5, "a", 1) < (1.5, "a")), (("a", 1.5) < ("a", 1.25)), (("a",) < ("b", 1)), sorted([("b", 2.5, 1), ("a", 2.5, 2), ("a", 0.5, 3)])])
