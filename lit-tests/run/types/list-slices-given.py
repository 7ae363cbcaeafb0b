# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Slices that are given a list which nobody else has, one that somebody has, and other things: what is where, who dies when, how
# much room there is.
import gc
import sys


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name, [getattr(x, "name", x) for x in watched])

    def __repr__(self):
        return self.name


watched = []


def noisy(names):
    return [Noisy(n) for n in names]


def show(title, l):
    print(title, l, sys.getsizeof(l) - sys.getsizeof([]), gc.is_tracked(l))


def whole(l):
    l[:] = noisy("xyz") + noisy("u")
    show("whole, longer", l)
    l[:] = noisy("pqrs")
    show("whole, equal", l)
    l[:] = noisy("m")
    show("whole, shorter", l)
    l[:] = []
    show("whole, none", l)


def part(l):
    l[1:3] = noisy("xy")
    show("part, equal", l)
    l[1:3] = noisy("pqrst")
    show("part, longer", l)
    l[-3:] = noisy("k")
    show("part, shorter", l)
    l[2:1] = noisy("ij")
    show("between", l)
    l[1:-1] = []
    show("part, none", l)
    l[50:60] = noisy("e")
    show("behind", l)


watched = noisy("abc")
whole(watched)
watched = noisy("abcd")
part(watched)
watched = []

# Somebody else has the list, or it is the list itself, or a slice of it.
a = [1, "two", [3], None]
b = [5, [6]]
a[1:3] = b
print(a, b, a[2] is b[1])
kept = a[1:] = b + b
print(a, kept, len(kept))
a[:] = a
a[1:2] = a
a[:2] = a[2:]
a[1:] = a[::-1]
a[:3] = a[2::-1]
print(a)
a[::2] = ["even"] * len(a[::2])
print(a)
for other in ("ab", (1, [2]), {7: 8}, range(3), iter([1, 2]), (x for x in "gen"), set()):
    a[1:3] = other
    print(a)
for bad in (5, None):
    try:
        a[1:3] = bad
    except TypeError as error:
        print(error)
try:
    a[::2] = noisy("v")
except ValueError as error:
    print(error)
try:
    b[missing:] = noisy("w")
except NameError as error:
    print(error)
try:
    (1, 2)[:] = noisy("t")
except TypeError as error:
    print(error)


# The list changes while its replacement is made; an end of something replaced changes it, too.
def clearing(l):
    l.clear()
    yield 1
    yield 2


c = list("abcdef")
c[2:4] = clearing(c)
print(c)


class Clears:
    def __del__(self):
        print("clears", d)
        d.clear()


d = [Clears(), 1, 2]
d[:1] = [[], []]
print(d)
d = [Clears(), 1, 2]
d[:1] = [[]]
print(d)
d = [0, Clears()]
d[1:] = "xyz"
print(d)


class Slices(list):
    def __setitem__(self, key, value):
        print("set", key, value)
        super().__setitem__(key, value)


e = Slices("abc")
e[1:] = [1, 2] + [3]
e[:] = ["q"]
print(e)


# Lists of what nobody counts, up to the first that is counted.
class Thing:
    pass


thing = Thing()
base = sys.getrefcount(thing)
flags = [None, True, "x", 2, b"y"] * 3
more = flags[::2] + flags[3:] + flags[::-1]
more[2:5] = flags[:3]
more.insert(1, thing)
more[4] = thing
more += [thing, ()]
more.extend((thing, 1))
more[0:0] = [thing]
copies = [more[:], more * 2, more[::-1], list(more), more.copy(), more + flags, flags + more]
print(sys.getrefcount(thing) - base, [x.count(thing) for x in copies])
for x in copies:
    del x[1::2]
    x[:4] = [thing] * 2
print(sys.getrefcount(thing) - base)
del copies, x, more
print(sys.getrefcount(thing) - base)
flags = [False] * 4
flags[1] = thing
flags.append(thing)
flags.sort(key=id)
flags.reverse()
print(sys.getrefcount(thing) - base, flags.count(thing), gc.get_referents([None, "a"]))
while flags:
    flags.pop()
flags.append(thing)
del flags[:]
flags = [1, 2] + ["s"]
flags.remove(2)
heads = [thing, *flags, thing]
heads *= 3
heads[1:5] = flags
print(sys.getrefcount(thing) - base, heads.count(thing))
heads.clear()
print(sys.getrefcount(thing) - base)
