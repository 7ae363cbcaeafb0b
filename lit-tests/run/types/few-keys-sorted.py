# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A few keys are sorted by words of them: the order is that of `<`, equal keys stay as they were, and code is run only where it has a say.
import random


def by_comparing(items, key=None, reverse=False):
    """Insertion from the end, which is stable, by `<` of two at a time."""
    out = []
    for item in reversed(items) if reverse else items:
        k = key(item) if key else item
        at = len(out)
        while at and k < (key(out[at - 1]) if key else out[at - 1]):
            at -= 1
        out.insert(at, item)
    return out[::-1] if reverse else out


class Text(str):
    pass


kinds = {
    "ints": lambda r: r.randrange(-5, 30),
    "far ints": lambda r: r.choice((-(1 << 62), (1 << 62) - 1, 0, -1, 1 << 40)),
    "long ints": lambda r: r.choice((1 << 70, -(1 << 70), 3, 4)),
    "bools": lambda r: r.random() < 0.5,
    "floats": lambda r: r.choice((0.0, -0.0, 1.5, -2.5, 1e300, 7.25)),
    "mixed numbers": lambda r: r.choice((1, 1.0, True, 2.5, 0)),
    "short texts": lambda r: r.choice(("", "a", "b", "ab", "abc", "abcdefg", "abcdefgh", "abcdefghi")),
    "zeros in texts": lambda r: r.choice(("", "\0", "\0\0", "a", "a\0", "a\0b", "abcdefg", "abcdefg\0", "abcdefg\0\0")),
    "texts that begin alike": lambda r: "a common beginning " + str(r.randrange(20)),
    "latin texts": lambda r: r.choice(("\xe9", "e", "z", "\xff", "\x7f", "\x80")) * r.randrange(1, 9),
    "wide texts": lambda r: r.choice(("\u20ac", "e", "\U0001f600", "z")),
    "pairs": lambda r: (r.randrange(4), r.randrange(4)),
    "texts and ints": lambda r: (r.choice("abc"), r.randrange(3)),
    "ints and floats": lambda r: (r.randrange(3), r.choice((0.5, 1.5, -0.5))),
    "unequal lengths": lambda r: (r.randrange(3),) * r.randrange(1, 4),
    "empty ones": lambda r: ("x",) * r.randrange(3),
    "lists": lambda r: [r.randrange(3), str(r.randrange(12))],
    "deep": lambda r: ((r.randrange(2), "k"), [r.randrange(3)]),
    "classes of texts": lambda r: Text(r.choice("xyz")),
}
r = random.Random(7)
for name, make in kinds.items():
    wrong = 0
    for size in [*range(12), 16, 17, 31, 40, 63, 64, 65, 90]:
        items = [make(r) for _ in range(size)]
        pairs = [(item, number) for number, item in enumerate(items)]
        for reverse in False, True:
            wrong += [repr(x) for x in sorted(items, reverse=reverse)] != [repr(x) for x in by_comparing(items, None, reverse)]
            first = lambda pair: pair[0]
            found, right = sorted(pairs, key=first, reverse=reverse), by_comparing(pairs, first, reverse)
            wrong += [n for _, n in found] != [n for _, n in right]
    print(name, "wrong:", wrong)

# What is compared, and in which order, where the second items have a say.
log = []


class Loud:
    def __init__(self, name):
        self.name = name

    def __lt__(self, other):
        log.append(self.name + other.name)
        return self.name < other.name

    def __eq__(self, other):
        log.append(self.name + "=" + other.name)
        return self.name == other.name

    def __hash__(self):
        return 1


print([(n, o.name) for n, o in sorted([(2, Loud("c")), (1, Loud("b")), (2, Loud("a")), (1, Loud("a"))])])
print(log)
for bad in [[(1, "a"), (1, 2), (0, None), (1, "b")], [("a", {}), ("a", {}), ("b", 1)], [1, "a", 2, 3]]:
    kept = list(bad)
    try:
        bad.sort()
    except TypeError as error:
        print(error, sorted(map(str, bad)) == sorted(map(str, kept)))
