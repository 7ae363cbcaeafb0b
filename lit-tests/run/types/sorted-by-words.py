# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Long lists of numbers, texts and tuples of them are sorted by words: the order is that of <, stable, whatever the keys have in common.
import random

random.seed(5)


def by_insertion(items, key, reverse):
    """The same by < alone."""
    done = []
    for item in reversed(items) if reverse else items:
        own, low, high = key(item), 0, len(done)
        while low < high:
            middle = (low + high) // 2
            if own < done[middle][0]:
                high = middle
            else:
                low = middle + 1
        done.insert(low, (own, item))
    found = [item for _, item in done]
    return found[::-1] if reverse else found


number, pick, real = random.randrange, random.choice, random.random
MAKERS = {
    "ints": lambda: number(-10 ** number(1, 18), 10 ** number(1, 19)),
    "few ints": lambda: number(50),
    "about zero": lambda: number(-20, 20),
    "about another": lambda: 10 ** 17 + number(-300, 300),
    "farthest": lambda: pick([-(1 << 62), (1 << 62) - 1, 0, number(-5, 5)]),
    "pairs about zero": lambda: (-number(40), pick("abc")),
    "floats": lambda: random.uniform(-1, 1) * 10.0 ** number(-60, 60),
    "near floats": real,
    "zeros": lambda: pick([0.0, -0.0, 1.5, -1.5, real()]),
    "mixed": lambda: pick([1, 2.5, 3, 2.0, 2 ** 53 + 1, 2.0 ** 53, 0]),
    "texts": lambda: "".join(pick("ab\0\xe9") for _ in range(number(12))),
    "common start": lambda: "folder/" + "".join(pick("ab") for _ in range(number(25))),
    "digits": lambda: str(number(10 ** 9)),
    "long": lambda: "aaaaaaaaaa" * number(9) + pick("abc"),
    "wide": lambda: pick(["\u20ac", "a", "b\u1234"]) * number(3),
    "pairs": lambda: (number(5), real()),
    "triples": lambda: (number(5), number(5), number(5)),
    "of text": lambda: (pick("xyz") * number(10), number(5), "a"),
    "of any length": lambda: tuple(number(3) for _ in range(number(1, 5))),
    "nested": lambda: (number(4), (number(9), "x" * number(3)), pick([1, 1.0, 2])),
    "one alike": lambda: (1, pick(["same start of text", "same start of texts", "other"]) + str(number(9)), number(7)),
    "zeros in pairs": lambda: (pick([0.0, -0.0, 2.0]), pick([0.0, -0.0, 2.0])),
}


def agree(items, **how):
    return all(map(lambda a, b: a is b or repr(a) == repr(b), sorted(items, **how), by_insertion(items, how.get("key", lambda x: x), how["reverse"])))


for name, make in MAKERS.items():
    answers = []
    for n in (2, 5, 63, 64, 200, 1000):
        items = [make() for _ in range(n)]
        shapes = items, sorted(items) + items[: n // 5], items[: n // 2] * 2, sorted(items)[::-1], sorted(items), sum((sorted(items[i::6]) for i in range(6)), [])
        for shape in shapes[: len(shapes) if n < 1000 else 1]:
            for reverse in (False, True):
                answers.append(agree(shape, reverse=reverse))
                answers.append(agree(list(enumerate(shape)), key=lambda pair: pair[1], reverse=reverse))
    print(name, all(answers), len(answers))


class Counted:
    """Asked as often, and in the same order, as by any merge sort that compares whole tuples."""

    asked = []

    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        self.asked.append(("==", self.value, other.value))
        return self.value == other.value

    def __lt__(self, other):
        self.asked.append(("<", self.value, other.value))
        return self.value < other.value


for of in (1000, 90, 4):
    Counted.asked.clear()
    numbers = random.Random(of)
    pairs = [(numbers.randrange(of), Counted(numbers.randrange(9))) for _ in range(100)]
    pairs.sort()
    print(of, len(Counted.asked), hash(tuple((a != "<", b, c) for a, b, c in Counted.asked)), [p[1].value for p in pairs])

# What cannot be compared, and is; what cannot, but never is.
for rest in (lambda i: {}, lambda i: None, lambda i: 1j, lambda i: [i], lambda i: "text" if i % 2 else i):
    for first in (lambda i: i * 37 % 101, lambda i: i * 37 % 50):
        keys = [(first(i), rest(i)) for i in range(100)]
        try:
            keys.sort()
            print(keys[:3])
        except TypeError as error:
            print(error, len(keys), [k for k, _ in keys] == [first(i) for i in range(100)], keys[:4])
nan = float("nan")
ordered = [(i, Counted(0)) for i in range(70)]
Counted.asked.clear()
print(sorted(ordered) == ordered, Counted.asked, sorted([(i, {}) for i in range(3)]), sorted([nan, 1.0, nan, 0.5]))
print(sorted([(nan if i % 7 == 0 else i % 5 / 2, i) for i in range(70)])[:12])
