# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# Numbers that are ints now and floats then stay what they are: in displays, of abs, min, max, int and float, in locals and results.
import math


def total(values):
    t = 0.0
    for v in values:
        t += v * 0.5
    return t


def asTheyAre(values):
    return [abs(v) for v in values], [float(v) for v in values], [int(v) for v in values]


def sums(values):
    t = 0
    for v in values:
        t += v
    return t


def clamp(x, low=0, high=255):
    return max(low, min(x, high))


def clamped(values):
    found = []
    for v in values:
        x = v * 0.5
        x = max(0, x)
        x = min(x, 100)
        found.append(x)
    return found


def best(values):
    most = -1
    least = 1e9
    for v in values:
        most = max(most, v)
        least = min(v, least)
    return most, least


def running(n):
    level, seen = 5, []
    for i in range(n):
        level = max(0, min(10, level + (i % 3 - 1) * 2.5))
        seen.append(level)
    return seen


def distances(n):
    """Ints reach places that infinity was put to at first."""
    dist = [float("inf")] * n
    dist[0] = 0
    steps = [0] + [math.inf] * n
    for i in range(n - 1):
        alt = dist[i] + (i * 7) % 5
        if alt < dist[i + 1]:
            dist[i + 1] = alt
        if steps[i] + 1 < steps[i + 1]:
            steps[i + 1] = steps[i] + 1
    steps[1] = 0.5
    return dist, steps[:n], [x + 1 for x in steps if x < 3]


def priced():
    """Parts of tuples, values of dicts, things appended."""
    items = [("a", 10, 2), ("b", 12.5, 1), ("c", 8, 3)]
    items.append(("d", 3, 0.5))
    prices = {"a": 10, "b": 12.5, "c": 8}
    prices["d"] = 3
    added = []
    added.append(1)
    added.append(2.5)
    seen, total = [], 0
    for name, price, count in items:
        seen.append((price * count, prices[name] * 2, price))
        total += price * count
    for x in added:
        seen.append(x * 2)
    return seen, total


def equals():
    """The first of equals is the answer, with its type."""
    a, b, z, m = 1, 1.0, 0, -0.0
    return max(a, b), max(b, a), min(a, b), min(b, a), max(z, m), max(m, z), min(z, m), min(m, z)


def withNan(x):
    return max(x, 1), max(1, x), min(x, 1), min(1, x), max(2.5, x, 1), min(2, x, 3.5)


class Odd(float):
    def __lt__(self, other):
        return True

    __gt__ = __lt__

    def __abs__(self):
        return "odd"


def attempt(what, *args):
    try:
        return what(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


values = [1, 2.5, -3, 4.5, -0.0, 0, 2**61, -(2**61), 2**53 + 1, -1e300]
print(total(values), sums(values), sums([1, 2]), sums([1, 2.0]))
for line in asTheyAre(values):
    print(line)
print(clamped([1, 2.5, -3, 500, 500.5, True, 2**62]), [clamp(v) for v in (3, 3.0, -1, -1.0, 300, 300.0, 255, 255.0)])
print(best([1, 2.5, -3]), best([2.5, 1]), best([]), best([True, 0.5, 2**70]), running(12))
print(distances(6), priced())
print(equals(), withNan(math.nan), withNan(math.inf), withNan(1))
print(clamped([Odd(5)]), best([Odd(3), 1]), attempt(asTheyAre, [1.5, Odd(2)]))
print(attempt(clamped, ["a"]), attempt(best, [1, "a"]), attempt(best, [1.5, None]), attempt(total, [1.5, 1, "x"]), attempt(clamp, "a"))
print(attempt(asTheyAre, [1, math.nan]), attempt(asTheyAre, [1, math.inf]))
max = lambda *a: "mine"
print(attempt(clamped, [1, 2.5]), clamp(3), attempt(best, [1, 2.5]))
