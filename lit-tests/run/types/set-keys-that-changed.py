# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# A key whose hash has changed is not found in a set, also where its new hash leads to its slot; a dict finds it there by identity.
class Key:
    def __init__(self, hash):
        self.hash = hash

    def __hash__(self):
        return self.hash


for old, new in (1, 9), (1, 2), (0, 64), (-3, 5), (3, 3), (7, 2**40 + 7):
    key = Key(old)
    s, d, frozen = {key}, {key: 1}, frozenset([key])
    key.hash = new
    print(old, new, key in s, key in frozen, key in d, d.get(key))
    print(s.isdisjoint([key]), {key} <= s, s <= {key}, len(s & {key}), len(s | {key}), len(s ^ {key}), len(s - {key}))
    s.discard(key)
    print(len(s), end=" ")
    s.add(key)
    s.add(key)
    print(len(s), key in s, len({key, *s}), len(set(list(s))))
    other = {Key(1), Key(9)}
    other |= s
    s.update(frozen)
    print(len(other), len(s))
    try:
        s.remove(key)
        print("removed", len(s))
    except KeyError:
        print("none", len(s))
