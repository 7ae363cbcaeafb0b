# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Quotients and rests by divisors of both signs, in loops over machine words and where these do not suffice.
def f(xs, ys):
    out = []
    t = 0
    for x in xs:
        for y in ys:
            try:
                out.append((x % y, x // y))
                t += x % y - x // y
            except ZeroDivisionError as e:
                out.append(str(e))
    return out, t
print(f([7, -7, 0, 5, -5, 2**62-1, -2**62, 2**61], [3, -3, 1, -1, 0, 5, -5, 2**62-1, -2**62, 2, -2, 4, -4]))
def g(n):
    s = 0
    for i in range(-n, n):
        s += i % -7 + i // -3 - (i % -1) + i // -1 + (i % -8) * (i // -16)
    return s
print(g(100))


def triples(limit):
    """The divisor changes its sign from one round to the next."""
    found = 0
    for s in range(3, limit, 2):
        for t in range(1, s, 2):
            a, b, c = s * t, (s * s - t * t) // 2, (s * s + t * t) // 2
            if c % (a - b) == 0:
                found += c // (a - b)
    return found


print(triples(60))
