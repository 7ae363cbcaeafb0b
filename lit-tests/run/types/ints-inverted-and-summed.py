# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Inverses modulo a number, sums of ranges, sets as keys, texts of complex numbers and of what is not ASCII.
def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


for m in (2, 3, 10, 97, 1000003, 2**61 - 1, 2**61, 2**62, 2**70, 1, -7, 0):
    print(m, [attempt(pow, b, e, m) for b in (1, 2, 3, -5, 0, 12345, 2**61 - 2, 2**80) for e in (-1, -3, -(2**61), -(2**90))])
print(all(pow(b, -1, 101) * b % 101 == 1 for b in range(1, 101)), attempt(pow, True, -1, 5), attempt(pow, 2, -1, True))

for r in (range(0), range(10), range(5, 5), range(10, 0, -3), range(-7, 8, 5), range(2**62, 2**62 + 5), range(-(2**61), 2**61, 2**59), range(2**61 - 9, 0, -(2**57)),
          range(2**61 - 3, 2**61 + 4), range(0, -(2**40), -(2**33)), range(3, 4, 2**61)):
    print(r, sum(r), sum(r, 5), sum(r, -0.5), sum(r, True), sum(r) == sum(list(r)))
print(attempt(sum, range(3), "a"), attempt(sum, range(3), []))

a, b, c = frozenset("ab"), frozenset("ba"), frozenset("abc")
d = {a: 1}
print(d[b], d.get(c), a in d, c in d, {a, b, c} == {b, c}, d.setdefault(b, 2), frozenset() in {frozenset(): 1})


class Counted(frozenset):
    def __hash__(self):
        print("hash", end=" ")
        return 5

    def __eq__(self, other):
        print("eq", end=" ")
        return True


d = {Counted("a"): 1, a: 2}
print(d[Counted("b")], d[b], d.get(frozenset([Counted("x")])))

inf, nan = float("inf"), float("nan")
for x in (0.0, -0.0, 1.0, -2.0, 0.1, 1e15, 1e16, 123456789012345.0, -1.5e-7, 1e300, inf, -inf, nan):
    print([complex(x, y) for y in (0.0, -0.0, 2.0, -2.5, 1e16, -1e-5, 5e-324, inf, -inf, nan)])
print(str(1 + 2j), f"{3j}", "%r" % (-0.5j), -(0j), complex(-0.0, 3))

for text in ("é", "it's é", 'say "é" and it\'s', "\x00é\n\t\r\\", "\u20ac\U0001f600\xad", "", "plain"):
    print(ascii(text), ascii([text]), repr(text.encode()), repr(bytearray(text.encode())))
print(repr(b"it's"), repr(b'"'), repr(b"'\""), repr(bytearray(b"it's")), repr(bytes(range(0, 256, 7))), b"\\")
