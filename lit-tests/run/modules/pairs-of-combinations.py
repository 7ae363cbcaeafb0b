# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Loops over pairs of product, permutations and combinations: how long their items live, what else sees the pair, what comes back to it.
import copy
import gc
import itertools
import sys
import weakref

makers = [
    lambda l: itertools.product(l, repeat=2),
    lambda l: itertools.combinations(l, 2),
    lambda l: itertools.combinations_with_replacement(l, 2),
    lambda l: itertools.permutations(l, 2),
]


class Loud:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def __del__(self):
        print("del", self.name)


def main():
    for make in makers:
        print([(a, b) for a, b in make("abc")])
        for a, b in make(""):
            print("never")
        for a, b in make("x"):
            print("one", a, b)
        pairs = make(range(3))
        for a, b in pairs:
            if a + b == 2:
                break
        print(copy.copy(pairs).__reduce__()[0].__name__, list(copy.copy(pairs)))
        print(next(pairs, None))
        for a, b in pairs:
            print(a, b, end="; ")
        print(next(pairs, "over"))
        for a, b in pairs:
            print("never")
        for a, b in make([Loud("p"), Loud("q")]):
            print("pair", a, b)
        del a, b
        pairs = make([Loud("r"), Loud("s"), Loud("t")])
        for a, b in pairs:
            break
        del a, b
        print("left")
        del pairs
    for a, b in itertools.product("ab", [1, 2]):
        print(a, b, end=" ")
    for a, b in itertools.product("ab", []):
        print("never")
    print()
    # The pair of before is what next() fills.
    pairs = itertools.product([1, 2], [3, 4])
    for a, b in pairs:
        break
    first = next(pairs)
    second = next(pairs)
    print(first, second, first is second)
    for a, b in pairs:
        print(a, b)
    try:
        for a, b in itertools.combinations("abcd", 3):
            pass
    except ValueError as e:
        print(e)
    for a, *b in itertools.combinations("abc", 2):
        print(a, b, end=" ")
    print()


def counts():
    item = object()
    before = sys.getrefcount(item)
    for make in makers:
        pairs = make([item, 1, 2])
        for a, b in pairs:
            print(sys.getrefcount(item) - before, end=" ")
        a = b = None
        print(sys.getrefcount(item) - before, end=" ")
        del pairs
        print(sys.getrefcount(item) - before)


def cycles():
    class Node:
        pass

    for make in makers:
        node = Node()
        node.pairs = make([node, node, node])
        for a, b in node.pairs:
            break
        gone = weakref.ref(node)
        del node, a, b
        gc.collect()
        print(gone())


def state():
    pairs = itertools.product("abc", "de")
    for a, b in pairs:
        break
    pairs.__setstate__((2, 0))
    for a, b in pairs:
        print(a, b)
    pairs = itertools.combinations("abcd", 2)
    for a, b in pairs:
        break
    pairs.__setstate__((1, 2))
    for a, b in pairs:
        print(a, b, end=" ")
    print()


class Derived(itertools.product):
    pass


main()
counts()
cycles()
state()
print([a + b for a, b in Derived("ab", "cd")])
