# Loop variables that ranges count and nobody computes with, where they were unbound, deleted, of another type before, or the range
# gives out.
# RUN: krait run %s | diff %s.out -
# RUN: krait run -O1 --verify-each %s | diff %s.out -
def collected(n):
    out = []
    for i in range(n):
        out.append(i)
    return out, i


def nested(n):
    r = 0
    for i in range(n):
        for j in range(i % 4):
            r ^= 5
        for j in range(2):
            r += 1
    return r, i, j


def deleted(n):
    for i in range(n):
        if i is None:
            print("none")
        del i
    return i


def stored(n):
    d = {}
    for i in range(n):
        d[i] = str
    for i in range(3, n, -5):
        pass
    return len(d), i


def empty(n):
    for i in range(n):
        pass
    return i


def large(start):
    out = []
    for i in range(start, start + 3):
        out.append(i)
    for i in range(start):
        if len(out) > 5:
            break
        out.append(i)
    return out, i


def by_name(n):
    for i in range(n):
        pass
    return locals()


def either(n):
    for i in range(n):
        pass
    for i in "ab" * n:
        pass
    return i


def shadowed(i):
    for i in range(i):
        pass
    return i


def error(n):
    for i in range(n):
        for j in range(2):
            try:
                [][i]
            except IndexError:
                pass
    return i, j


def repeated(n):
    r = []
    for k in range(3):
        for i in range(n):
            r += [i, k]
        n -= 2
    return r


for f in (collected, nested, deleted, stored, empty, large, by_name, either, shadowed, error, repeated):
    for n in (0, 1, 5, 300, True, 2**62 - 2, 2**64, -3, "x", 1.5):
        if n in (2**62 - 2, 2**64) and f is not large:
            continue
        try:
            print(f.__name__, n, str(f(n))[:200])
        except Exception as problem:
            print(f.__name__, n, type(problem).__name__, problem)
