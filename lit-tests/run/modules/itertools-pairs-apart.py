# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Pairs of product, combinations, permutations and pairwise that loops take apart (those of pairwise without a tuple), also where somebody holds one, takes over in the middle or copies.
import copy
import itertools
import weakref


class Item:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


def makers(items):
    yield itertools.product(items, repeat=2)
    yield itertools.product(items, items[:2])
    yield itertools.combinations(items, 2)
    yield itertools.combinations_with_replacement(items, 2)
    yield itertools.permutations(items, 2)
    yield itertools.product(items, [])
    yield itertools.permutations(items[:1], 2)
    yield itertools.pairwise(items)
    yield itertools.pairwise(items[:1])


def apart(pairs):
    out = []
    for a, b in pairs:
        out.append(f"{a}{b}")
    return " ".join(out)


def in_turn(pairs):
    """Taken apart, and held, in turn."""
    out, held = [], []
    for a, b in pairs:
        out.append(f"{a}{b}")
        pair = next(pairs, None)
        if pair:
            held.append(pair)
            out.append("%s:%s" % pair)
        for c, d in pairs:
            out.append(f"({c}{d})")
            break
    return out, held


def restarted(pairs):
    out = []
    for a, b in pairs:
        out.append(f"{a}{b}")
        if len(out) == 2:
            if type(pairs) is not itertools.pairwise:
                out.append(list(copy.copy(pairs)))
            break
    out.append(next(pairs, "none left"))
    for a, b in pairs:
        out.append((a, b))
    return out, list(pairs)


for use in apart, in_turn, restarted:
    for pairs in makers("abc"):
        print(use(pairs))

# What they keep alive, and no longer.
items = [Item("x"), Item("y")]
seen = [weakref.ref(item, lambda r: print("died")) for item in items]
pairs = itertools.product(items, repeat=2)
for a, b in pairs:
    if b.name == "y":
        break
del items, a, b
print([r() for r in seen])
del pairs
print([r() for r in seen])

for n in 1, 3:
    try:
        for a, b in itertools.product("ab", repeat=n):
            pass
    except ValueError as e:
        print(e)
print([a + b for a, b in itertools.combinations(range(5), 2) if (a + b) % 2])
print({b: a for a, b in itertools.permutations("xyz", 2)})


def failing():
    yield 1
    yield 2
    raise KeyError("no more")


try:
    for a, b in itertools.pairwise(failing()):
        print(a, b)
except KeyError as e:
    print(e)
