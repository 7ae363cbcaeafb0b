# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# zip over lists and tuples in any order, of uneven lengths, strict, with one iterator twice, and while what it goes over changes.
def outcome(f):
    try:
        return f()
    except (ValueError, TypeError, RuntimeError) as e:
        return f"{type(e).__name__} {e}"


makers = list, tuple, iter, "".join, dict.fromkeys
for one in makers:
    for other in makers:
        a, b = one("abc"), other("xyzw")
        made = outcome(lambda: dict(zip(a, b)))
        a, b = one("abc"), other("xyzw")
        print(one.__name__, other.__name__, made, [p + q for p, q in zip(a, b)], outcome(lambda: dict(zip(one("ab"), other("x"), strict=True))))
for seq in [1, 2, 3, 4, 5], (1, 2, 3, 4, 5):
    it = iter(seq)
    print(dict(zip(it, it)), list(it), list(zip(*[iter(seq)] * 2)))
    it = iter(seq)
    both = zip(it, (10, 20))
    print(next(both), dict(both), list(it))
    both = zip((10, 20), it := iter(seq))
    print(dict(both), next(it), list(both))


class Key:
    def __init__(self, name, seq):
        self.name, self.seq = name, seq

    def __hash__(self):
        print("hash", self.name)
        if self.seq:
            self.seq.pop()
        return 1

    def __eq__(self, other):
        print(self.name, "==", other.name)
        return self.name == other.name

    def __del__(self):
        print("end of", self.name)


values = [1, 2, 3, 4]
d = dict(zip(tuple(Key(n, values) for n in "aba"), values))
print([(k.name, v) for k, v in d.items()], values)
d.clear()
keys = [Key(n, None) for n in "xy"]
d = dict(zip(keys, (1, 2, 3)))
keys.clear()
print(list(d.values()))
del d
print({**dict(zip(("a", "b"), [1, 2]))}, dict(zip((), [1])), dict(zip([], ())), dict(zip((1,), (2,), (3,))) if 0 else outcome(lambda: dict(zip((1,), (2,), (3,)))))
for k, v in zip(("n", "m"), [5, 6]):
    print(k, v)
kept = [p for p in zip((1, 2), [3, 4])]
print(kept, kept[0] is not kept[1])
