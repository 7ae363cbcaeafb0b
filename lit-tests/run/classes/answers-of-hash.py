# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What the __hash__ of a class may answer, and who asks it: dicts, sets and hash().


class Int(int):
    pass


class Key:
    def __init__(self, answer):
        self.answer = answer

    def __hash__(self):
        return self.answer

    def __eq__(self, other):
        return isinstance(other, Key) and self.answer == other.answer


def tried(answer):
    key = Key(answer)
    print(repr(answer), end=": ")
    try:
        told = hash(key)
        print(told, end=" ")
        d = {key: 1}
        d[Key(answer)] = 2
        s = {key}
        s.add(Key(answer))
        print(d[key], d.get(Key(answer)), Key(answer) in d, len(d), len(s), Key(answer) in s, key in [Key(answer)], end=" ")
        s.discard(Key(answer))
        del d[Key(answer)]
        print(len(s), len(d), {told: 3}.get(Key(answer)), d.setdefault(key, 5), d.pop(Key(answer)))
    except Exception as e:
        print(type(e).__name__, e)


for answer in (0, -1, -2, 5, True, 2**59, 2**60, -(2**60), 2**61 - 1, 2**61, -(2**61) + 1, 2**62, -(2**62) - 1, 2**63 - 1, -(2**63) + 1,
               -(2**63), 2**63, 2**64, -(2**64), 2**64 + 1, 2**200, Int(7), Int(-1), Int(2**62), Int(2**70), 1.5, None, "text", [], NotImplemented):
    tried(answer)


class Named:
    calls = 0

    def __init__(self, name):
        self.name = name

    def __hash__(self):
        Named.calls += 1
        return hash(self.name)

    def __eq__(self, other):
        return self.name == other.name


a, b = Named("a"), Named("b")
d = {a: 1, b: 2}
for i in range(3):
    assert d[a] == 1 and d[b] == 2 and Named("a") in d
assert hash(a) == hash("a")
print(Named.calls)
Named.__hash__ = lambda self: 3
print(hash(a), a in {a})
Named.__hash__ = None
for action in (lambda: d.get(a), lambda: a in d, lambda: {a}, lambda: hash(a), lambda: d.__setitem__(a, 1), lambda: set().discard(a)):
    try:
        print(action())
    except TypeError as e:
        print(e)


class Failing:
    def __hash__(self):
        raise LookupError("no hash")


for action in (lambda: {Failing(): 1}, lambda: d[Failing()], lambda: Failing() in d, lambda: {Failing()}, lambda: Failing() in {1},
               lambda: {1}.discard(Failing()), lambda: hash(Failing()), lambda: d.get(Failing()), lambda: d.pop(Failing(), 1)):
    try:
        print(action())
    except LookupError as e:
        print(repr(e))


class Bound:
    @property
    def __hash__(self):
        return lambda: 2**62 + 5


class Static:
    @staticmethod
    def __hash__():
        return 9


print(hash(Bound()), hash(Static()), len({Bound(): 1, Static(): 2}))

# Ints that need an object of their own, made of 64 bits.
words = [0x9E3779B97F4A7C15 * i & 0xFFFFFFFFFFFFFFFF for i in range(1, 9)]
x = 0xCBF29CE484222325
for w in words:
    x = ((x ^ w) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    print(hex(x), x.bit_length(), -x, hash(x), hash(-x), x - 2**63, int(float(x)) >> 60)
print(sorted(words) == sorted(words, key=int), sum(words), max(words), min(-w for w in words))
