# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Loops over pairs of product, combinations and combinations_with_replacement, most of which differ from the last one in their second item: what is
# copied, set back and looked at in the middle, pools of one item, and when the items die.
import copy
from itertools import combinations, combinations_with_replacement, permutations, product


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, end=" ")

    def __repr__(self):
        return self.name


def pairs(iterator):
    made = []
    for a, b in iterator:
        made.append(f"{a}{b}")
    return " ".join(made)


for n in range(5):
    print(n, pairs(combinations(range(n), 2)), "|", pairs(combinations_with_replacement(range(n), 2)), "|", pairs(product(range(n), "ab")), "|",
          pairs(product("ab", range(n))), "|", pairs(permutations(range(n), 2)))


def in_the_middle(iterator, at):
    made = []
    for a, b in iterator:
        made.append((a, b))
        if len(made) == at:
            made.append(list(copy.copy(iterator)))
            made.append(next(iterator, None))
            made.append(iterator.__reduce__()[1:])
    return made


for at in range(1, 5):
    print(in_the_middle(combinations("abcd", 2), at))
    print(in_the_middle(combinations_with_replacement("abc", 2), at))
    print(in_the_middle(product("ab", "cde"), at))


def set_back(iterator, state):
    made = []
    for a, b in iterator:
        made.append(a + b)
        if len(made) == 2:
            iterator.__setstate__(state)
    return made


print(set_back(combinations("abcd", 2), (1, 2)))
print(set_back(combinations_with_replacement("abc", 2), (0, 2)))
print(set_back(product("ab", "cde"), (1, 0)))


def again(iterator):
    first = [(a, b) for a, b in iterator]
    for a, b in iterator:
        print("more", a, b)
    return first, next(iterator, "over")


print(again(combinations("ab", 2)), again(product("a", "bc")), again(combinations_with_replacement("a", 2)))


def kept(iterator):
    whole = []
    for pair in iterator:
        whole.append(pair)
        for a, b in iterator:
            whole.append((b, a))
            break
    return whole


print(kept(combinations("abcd", 2)))
print(kept(product("ab", "cde")))


def deaths(make):
    iterator = make()
    for a, b in iterator:
        print(a, b, end="; ")
        if b.name == "y":
            break
    del iterator
    print("let go of", end=" ")
    del a, b
    print()


deaths(lambda: product([Loud("x"), Loud("y"), Loud("z")], repeat=2))
deaths(lambda: combinations([Loud("x"), Loud("w"), Loud("y"), Loud("z")], 2))


def counts(xs):
    total = 0
    for a, b in combinations(xs, 2):
        total += a * b
    for a, b in product(xs, xs):
        total -= a - b
    return total


print(counts([1, 2, 3, 4, 5]), counts([1.5, 2, 1 << 70]))
