# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Variables that hold ints here and floats there, and now and then None or another thing; what a prediction makes of them may cost
# time, and nothing else.
def reused(w, n):
    kinds = []
    for k in range(n):
        x = (k * 0.75 - 1.5) / w * 8
        kinds.append(x)
        x = int(x)
        if x == w:
            x -= 1
        kinds.append(x)
    return kinds


def best(items, start):
    most, at = start, None
    for k, item in enumerate(items):
        if item > most:
            most = item
            at = k
    return most, at


def summed(items):
    total = 0
    for item in items:
        total += item
    return total


def optional(x=None, scale=1):
    y = 2.5 if x is None else x
    for _ in range(3):
        y = y * scale + 1
    return x, y


class Place:
    count = 0

    def __init__(self, x=0, y=0):
        self.x, self.y = x, y
        self.last = None

    def moved(self, by):
        self.last = by
        return Place(self.x + by, self.y * by)

    def size(self):
        return self.x * self.x + self.y * self.y

    def again(self):
        return None if self.last is None else self.last * 2

    def __repr__(self):
        return f"Place({self.x!r}, {self.y!r})"


def places():
    p = Place()
    out = []
    for by in (1, 0.5, -2, True, 2**62, 1.5):
        p = p.moved(by)
        out.append((p, p.size(), p.again()))
    q = Place(1, 2)
    for by in (1, 0.5, 3):
        q.moved(by)
        out.append((q.again(), q.size()))
    return out


def bounded(n, m, items):
    out = [0] * m
    for i in range(n):
        out[i % m] += items[i % len(items)] / m
    return out


def shifted(a, k):
    s = a
    while k > 0:
        s = (s << k) - (s >> 1)
        k -= 1
    return s


def force(depth, x):
    if depth == 0:
        return (0, 0) if x < 1 else (x * 0.5, x / 4)
    fx, fy = 0, 0
    if x > 0.5:
        a, b = force(depth - 1, x - 1)
        fx += a
        fy += b
    a, b = force(depth - 1, x * 1.5)
    fx += a
    fy += b
    return fx, fy


def elapsed(clock, rounds):
    spent = 0
    begun = clock()
    for _ in range(rounds):
        spent += clock() - begun
    return spent, begun


def repeated(parts, times):
    out = []
    for at in range(len(parts)):
        part = parts[at]
        out.append(parts[at] * times)
        out.append(part * 2)
    return out


ticks = iter([1, 2.5, 4, True, 2**62, 8, 0.25, 1j])
print([force(d, x) for d in range(4) for x in (0.25, 1, 3.5)])
print(elapsed(lambda: next(ticks), 2), elapsed(lambda: next(ticks), 1), elapsed(lambda: next(ticks), 1))
print(repeated([1, 2.5], 3), repeated(["ab", [1], (2,)], 2), repeated([b"x", True], 0))
print(reused(4, 6), reused(2.0, 6), reused(True, 3))
print(best([3, 1, 2], -1), best([0.5, 2, 2.5], -1), best([], -1), best([-5.5], -1), best([2**70, 1.0], 0))
print(summed([1, 2, 3]), summed([0.5, 1, True]), summed([]), summed([2**62, 2**62]), summed([1j, 2]))
print(optional(), optional(1), optional(0.5, 2), optional(3, 0.5), optional(None, 2))
print(places())
print(bounded(5, 2, [1, 2.5]), bounded(3, True, (4, 2**62)))
for arguments in ((2.5, 2, [1]), (3, 2.0, [1]), (3, 2, {0: 1.5})):
    try:
        print(bounded(*arguments))
    except TypeError as error:
        print(error)
print(shifted(3, 3), shifted(True, 2), shifted(2**61, 4))
try:
    shifted(1.5, 2)
except TypeError as error:
    print(error)


# What is known to be an int is no float, whatever else its name holds.
def known(b, rounds):
    s = len("ab")
    for k in range(rounds):
        b = b + (s + s)
        if k > rounds:
            s = 0.5
        s = len(str(b))
    s = b * 0.5
    return b, s


print(known(1.5, 3), known(2, 3))
