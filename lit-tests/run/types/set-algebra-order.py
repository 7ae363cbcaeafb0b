# RUN: env PYTHONHASHSEED=11 krait run -O0 %s | diff %s.out -
# RUN: env PYTHONHASHSEED=11 krait run -O2 %s | diff %s.out -
# RUN: env PYTHONHASHSEED=11 krait-interp %s | diff %s.out -
# ASK-WITH: PYTHONHASHSEED=11
# The order of what copies, unions, intersections and differences make, of sets with and without deleted slots.
import random

SIZES = [0, 1, 2, 3, 4, 5, 6, 9, 12, 13, 19, 20, 21, 38, 39, 60, 77, 155, 300, 1300, 5000]


def ints(rng, n):
    return [rng.randrange(-n, 3 * n) for _ in range(n)]


def apart(rng, n):
    """Ints with the same low bits: long ways to a free slot."""
    return [rng.randrange(n + 1) << rng.choice((0, 5, 9, 40)) for _ in range(n)]


def strs(rng, n):
    return [rng.choice("abcé日") + str(rng.randrange(2 * n)) for _ in range(n)]


def mixed(rng, n):
    made = []
    for _ in range(n):
        k = rng.randrange(2 * n)
        made.append(rng.choice((k, float(k), k + 0.5, str(k), (k, "t"), k << 70, bytes([k % 256]), -k, True, frozenset((k,)))))
    return made


digest = 0


def tell(label, *collections):
    global digest
    for c in collections:
        items = list(c)
        digest = (digest * 1000003 + hash(tuple(map(repr, items)))) % (1 << 61)
        if len(items) in (5, 12) and label.endswith(("or", "in place")):
            print(label, type(c).__name__, items)


def thinned(rng, s, share):
    """A copy of s whose deleted slots are not swept."""
    s = s.copy()
    for item in list(s):
        if rng.random() < share:
            s.remove(item)
    return s


def algebra(label, a, b):
    tell(label + " copy", a.copy(), set(a), frozenset(a), type(a)(b))
    tell(label + " or", a | b, b | a, a.union(b), a.union(list(b), a), set().union(a, b))
    tell(label + " and", a & b, b & a, a.intersection(list(b)), a.intersection(a), a.intersection(dict.fromkeys(b)))
    tell(label + " sub", a - b, b - a, a.difference(list(b)), a.difference(dict.fromkeys(b)), a.difference(b, a))
    tell(label + " xor", a ^ b, b ^ a, a.symmetric_difference(list(b)), a.symmetric_difference(dict.fromkeys(b)))


def in_place(label, a, b):
    made = []
    for change in (set.update, set.intersection_update, set.difference_update, set.symmetric_difference_update):
        s = set(a)
        change(s, b)
        made.append(s)
        s = a.copy()
        change(s, b)
        s.update(b)
        made.append(s)
        s = thinned(random.Random(3), a, 0.6)
        change(s, dict.fromkeys(b))
        made.append(s)
        change(s, list(a))
        made.append(s)
    s = a.copy()
    s |= b
    s -= a
    s ^= b
    s &= b
    made.append(s)
    while len(s) > 3:
        s.pop()
    s |= a
    made.append(s)
    s.clear()
    s |= b
    made.append(s)
    tell(label + " in place", *made)


for maker in (ints, apart, strs, mixed):
    rng = random.Random(17)
    for n in SIZES:
        print(maker.__name__, n, digest)
        label = f"{maker.__name__} {n}"
        values = maker(rng, n)
        a, b = set(values), set(maker(rng, n))
        b.update(values[::3])
        algebra(label, a, b)
        algebra(label + " frozen", frozenset(a), frozenset(b))
        in_place(label, a, b)
        for share in (0.1, 0.5, 0.9) if n < 500 else (0.5,):
            thin_a, thin_b = thinned(rng, a, share), thinned(rng, b, 1 - share)
            algebra(f"{label} without {share}", thin_a, thin_b)
            algebra(f"{label} beside {share}", a, thin_a)
            in_place(f"{label} without {share}", thin_a, b)
            print(label, share, digest)
        # A much smaller and a much larger one.
        few = set(values[: n // 9])
        algebra(label + " few", few, b)
        in_place(label + " few", few, b)
        in_place(label + " many", b, few)
print(digest)
