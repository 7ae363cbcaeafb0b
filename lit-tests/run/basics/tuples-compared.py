# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Displays of one size compared: of ints, and of what only looks like them.
def signs(pairs):
    out = []
    for a, b in pairs:
        for c, d in pairs:
            out.append(((a, b) < (c, d)) + 2 * ((a, b) <= (c, d)) + 4 * ((a, b) == (c, d)) + 8 * ((a, b) != (c, d)) + 16 * ((a, b) > (c, d)) + 32 * ((a, b) >= (c, d)))
            if (a, b, 1) < (c, d, 0):
                out.append("less")
            if not (a, b) != (c, d):
                out.append("same")
    return out


def counted(n):
    t = 0
    for x in range(n):
        for y in range(n):
            if (x, y) == (3, y):
                t += 1
            if (x, y) < (y, x):
                t += 100
            if (x, 2, y) >= (y, 2, 7) and (x,) > (1,):
                t += 10000
    return t


print(counted(10))
print(signs([(i, j) for i in range(3) for j in range(3)]))
print(signs([(1, 2), (1.5, 2), (2**70, 1), (True, 0)]))
nan = float("nan")
print(signs([(nan, 1), (0, nan)]))


class Odd:
    def __eq__(self, other):
        print("eq", other)
        return self is not other

    def __lt__(self, other):
        return []


print(signs([(Odd(), 1), (1, 1)]))
try:
    signs([(1, 2), (1, "a")])
except TypeError as e:
    print(e)
