# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A program that asks for the identity of numbers: outside -5 … 256 each one that is made is another object, and stays the same.
import collections
import operator


def made(f):
    a, b = f(), f()
    return a is b, id(a) == id(b), a == b, hash(a) == hash(b)


n, one, half = 256, 1, 0.5
for f in (lambda: n, lambda: n + one, lambda: -n * 3, lambda: n - n, lambda: n // 2, lambda: n << 2, lambda: n ^ 1023, lambda: ~n,
          lambda: n % 257, lambda: n**2, lambda: -(n + 44), lambda: abs(-n - 1), lambda: divmod(n * 8, 3)[0], lambda: round(n * 1.5),
          lambda: half * 3, lambda: n / 512, lambda: 0.0 * half, lambda: -half, lambda: float("1.5"), lambda: int("257"), lambda: int("256"),
          lambda: int("-6"), lambda: len("x" * 300), lambda: sum([200, 100]), lambda: ord("\u0400"), lambda: [1000][0], lambda: int(1e6),
          lambda: 2**70, lambda: operator.add(n, n), lambda: max(n * 4, 3), lambda: collections.Counter("x" * 300)["x"],
          lambda: next(iter(range(300, 400))), lambda: list(enumerate("ab", 500))[1][0], lambda: hash("some text") % 1000 + 300):
    print(*made(f))
x = n + n
kept = [x, x]
table = {x: "x", 1.5: "float"}
print(kept[0] is kept[1], x is x, x + 0 is x, int(x) is x, +x is x, [x] == [n * 2], kept.index(n * 2), table[n * 2], table[half * 3], n * 2 in {x})
for i in range(255, 259):
    j = i
    print(i, i is j, i is i + 0)
i = 256
i += 1
j = 256
j += 1
print(i is j, i == j, sorted([i, 300, j, 2]), i < j, i <= j, "%d %s" % (i, j), "abcdef"[i - 255:], [0] * (i - 254), range(i)[-1], bytes([i - 2]))
i *= 1000
i //= 7
print(i, i & 0xFF, i | 1, i >> 3, i.bit_length(), str(i), f"{i:,}", i.__add__(1), (i).real is i)
