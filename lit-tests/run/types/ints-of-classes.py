# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Ints of derived classes as members of sets, keys of dicts, and what min and max choose: with hash and order left to int, with their
# own, given later, and taken away.


class Named(int):
    def __new__(cls, value, name):
        self = super().__new__(cls, value)
        self.name = name
        return self

    def __repr__(self):
        return self.name


ONE, TWO, BIG, NEG, MINUS = Named(1, "ONE"), Named(2, "TWO"), Named(2 ** 70 + 5, "BIG"), Named(-(2 ** 61), "NEG"), Named(-1, "MINUS")
ALL = [ONE, TWO, BIG, NEG, MINUS, Named(2 ** 61 - 1, "MODULUS"), Named(2 ** 61, "ABOVE"), Named(0, "ZERO"), Named(-(2 ** 63), "LEAST")]


def look(items, wanted):
    return [w in items for w in wanted]


for n in ALL:
    print(n, hash(n), hash(n) == hash(int(n)))
for kind in (set, frozenset, dict.fromkeys, list, tuple):
    print(look(kind([ONE, BIG, NEG]), ALL), look(kind([1, 2 ** 70 + 5, -(2 ** 61)]), ALL), look(kind([ONE, BIG, NEG]), [1, 2, 2 ** 70 + 5, -(2 ** 61), 1.0, True]))
d = {}
for n in ALL:
    d[n] = d.get(int(n), 0) + 1
    d[int(n)] += 1
print(d)
print(min(ONE, 5), max(ONE, 0), min(7, TWO), max(1, ONE), max(ONE, 1), min(ALL), max(ALL), min(3, True, ONE), max(BIG, 2 ** 70), min(2 ** 80, BIG))
print(min(ALL, key=lambda n: -n), max(ONE, 2.5), min(1.5, TWO), type(max(True, ONE)))


class Odd(int):
    def __hash__(self):
        print("hash", int(self))
        return 7

    def __eq__(self, other):
        print("eq", int(self), int(other))
        return int(self) == int(other)

    def __lt__(self, other):
        print("lt", int(self), int(other))
        return int.__lt__(self, other)


odd = {Odd(3), Odd(4)}
print(Odd(3) in odd, 3 in odd, 7 in odd, min(Odd(3), 2), max(2, Odd(1)), min(2, Odd(1)))


class Later(int):
    pass


later = {Later(5), Later(6)}
five = Later(5)
print(five in later)
Later.__hash__ = lambda self: 99
print(five in later, 5 in later)
Later.__lt__ = lambda self, other: True
print(int(min(4, five)), int(min(five, 4)))
del Later.__hash__, Later.__lt__
print(five in later, int(min(4, five)))
Later.__hash__ = None
try:
    print(five in later)
except TypeError as e:
    print(e)


class NoHash(int):
    def __eq__(self, other):
        return True


for look_in in (later, {}, frozenset([1])):
    try:
        print(NoHash(1) in look_in)
    except TypeError as e:
        print(e)
