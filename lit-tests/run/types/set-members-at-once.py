# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Numbers and texts are looked up and added by the hash that they have; what has to be asked for one is asked as ever.
class Loud:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        print("hash of", self.n)
        return self.n

    def __eq__(self, other):
        print(self.n, "==", other.n if isinstance(other, Loud) else other)
        return isinstance(other, Loud) and self.n == other.n


def members(make):
    s = make([0, -1, -2, 2**61 - 1, 2**61, -(2**61), 2**70, 1.5, True, "a", "", "\u00e4", b"a", (1, 2), (1, (2, "x")), None, frozenset([1])])
    for v in (0, False, 0.0, 1, 1.0, -1, -1.0, -2, 2**61 - 1, 2**61, -(2**61), 2**61 + 1, 2**70, 2**70 + 1, 1.5, "a", "".join(["a"]), "b",
              "\u00e4", b"a", (1, 2), (1.0, 2), (2, 1), (1, (2, "x")), (1, (2, "y")), None, {1}, {2}, frozenset()):
        print(ascii(v), v in s, v not in s, end="; ")
    print()
    for v in ([], {}, (1, []), ({},)):
        try:
            print(v in s)
        except TypeError as e:
            print(e)


members(set)
members(frozenset)


class Own(set):
    def __contains__(self, v):
        return v == "own"


members(Own)

seen = set()
for v in (3, "x", 3, "x", (3, "x"), -1, -2, -1, 2**61 - 1, 0, 3.0, True, 1, "", (3, "x"), 2**64, 2**64, None):
    before = len(seen)
    seen.add(v)
    print(v, len(seen) - before, end="; ")
print()
try:
    seen.add([])
except TypeError as e:
    print(e)
print(len(seen))

loud = {Loud(1), Loud(9)}
print(Loud(1) in loud, Loud(2) in loud, 1 in loud, 9 in loud, "x" in loud)
loud.add(Loud(1))
loud.add(1)
print(len(loud))

# As the table grows, and with what was taken out of it.
many = set()
for i in range(0, 3000, 3):
    many.add(i)
    if i % 7 == 0:
        many.discard(i - 9)
    many.add(str(i % 50))
print(len(many), sum(1 for i in range(3000) if i in many), sum(1 for i in range(3000) if str(i) in many))
