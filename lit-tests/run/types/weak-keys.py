# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Weak references as keys: two of one object are equal as it says itself.
import gc
import weakref


class Plain:
    pass


class Never:
    def __eq__(self, other):
        return False

    def __hash__(self):
        return 1


class Told:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        print("asked", self.n, other.n)
        return self.n == other.n

    def __hash__(self):
        return 2


class Meta(type):
    def __eq__(cls, other):
        return cls is other and not cls.strange

    __hash__ = type.__hash__


class Ordinary(metaclass=Meta):
    strange = False


class Strange(metaclass=Meta):
    strange = True


def see(r):
    pass


def found(target):
    with_callback, without = weakref.ref(target, see), weakref.ref(target)
    print(without in {with_callback: 1}, with_callback in {without}, {with_callback: 1}.get(without), with_callback == without, len({with_callback, without}))


for target in (Plain, Plain(), Never(), Told(1), Ordinary, Strange, found):
    found(target)
a, b = Told(5), Told(5)
print(weakref.ref(b) in {weakref.ref(a): 1})
w = weakref.WeakKeyDictionary()
for cls in (Plain, Ordinary, Strange):
    w[cls] = cls.__name__
print(w[Plain], w.get(Ordinary), w.get(Strange), len(w))
kept = Plain()
w[kept] = "kept"
s = weakref.WeakSet([kept, Plain])
print(w[kept], kept in s, Plain in s, Told in s)
first, second = weakref.ref(kept, see), weakref.ref(kept)
hash(first), hash(second)
d = {first: 1}
del kept
gc.collect()
print(first() is None, second in d, first in d, first == second, len(w), len(s))
