# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A loop over the pairs of a list or tuple takes their parts out of them; what is no tuple of two is unpacked as ever.
import sys


def walk(items):
    seen = []
    try:
        for a, b in items:
            seen.append((a, b))
    except (TypeError, ValueError) as e:
        seen.append(f"{type(e).__name__}: {e}")
    return seen


class Pair(tuple):
    def __iter__(self):
        return iter(("own", len(self)))


print(walk([(1, 2), ("a", None), (1.5, [3])]))
print(walk([[1, 2], "ab", {"k": 1, "l": 2}, range(2), b"xy", Pair((1, 2, 3)), Pair((1, 2)), (x for x in "pq")]))
for bad in ((), (1,), (1, 2, 3), [1], "abc", 5, None, Pair):
    print(walk([(1, 2), bad, (3, 4)]))


def growing():
    items = [(0, 1)]
    for a, b in items:
        if b < 40:
            items.append((b, a + b))
    return items


def shrinking():
    items = [(i, str(i)) for i in range(6)]
    seen = []
    for a, b in items:
        seen.append(b)
        del items[0]
    return seen, items


def emptied():
    items = [(i, [i]) for i in range(3)]
    for a, b in items:
        items.clear()
        print(a, b, items)


print(growing())
print(shrinking())
emptied()


class Dies:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


def ends():
    items = [(Dies(1), Dies(2)), (Dies(3), Dies(4)), (Dies(5), Dies(6))]
    for a, b in items:
        print("at", a.name, b.name)
        items[0] = None
        if a.name == 3:
            items[1:] = []
            print("emptied")
    print("behind")


ends()
pair = (object(), object())
pairs = [pair]
before = sys.getrefcount(pair), sys.getrefcount(pair[0])
for first, second in pairs:
    print(sys.getrefcount(pair) - before[0], sys.getrefcount(pair[0]) - before[1], first is pair[0], second is pair[1])
print(sum(a * b for a, b in [(1, 2), (3, 4)]), [b for a, b in [(1, "x"), (2, "y")]], {a: b for a, b in [(1, "x"), (2, "y")]}, sorted({b for _, b in [(1, 2), (3, 4)]}))
STEPS = (0, 1), (1, 0), (0, -1), (-1, 0)
print([(x + dx, y + dy) for x, y in ((5, 5), (7, 9)) for dx, dy in STEPS], walk(STEPS), walk(((1, 2), (3,))), walk(tuple([[1, 2], "ab"])))
for first, second in (pair,):
    print(sys.getrefcount(pair[0]) - before[1], first is pair[0], second is pair[1])
iterator = iter([(1, 2), (3, 4), (5, 6)])
for a, b in iterator:
    print(a, b, next(iterator, "none"))
print(next(iterator, "end"))
