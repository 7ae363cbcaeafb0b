# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Frames that held many words: they die in the order of their names, whatever each is, and may raise.
import sys


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(self.name, "dies", end="; ")


class Raising:
    def __del__(self):
        raise ValueError("from a destructor")


def two(way):
    a = Noisy("a")
    b = Noisy("b")
    if way == 0:
        return "first"
    if way == 1:
        return "second"
    return way


def eight(way, kept):
    a, b, c, d = Noisy("a"), 5, Noisy("c"), "text"
    e = Noisy("e")
    f = [Noisy("in a list")]
    g = None
    h = Noisy("h")
    if way == 0:
        return c
    if way == 1:
        del a
        return 1.5
    if way == 2:
        kept.append(e)
        return d
    if way == 3:
        raise KeyError(way)
    return len(f)


def some_unbound(way):
    if way > 0:
        a = Noisy("a")
    if way > 1:
        b = Noisy("b")
    if way > 2:
        c = Noisy("c")
    if way > 3:
        d = Noisy("d")
    if way == 2:
        return "two"
    if way == 3:
        return "three"
    return "other"


def raising(way):
    a = Noisy("a")
    b = Raising()
    c = Noisy("c")
    d = "x" * way
    if way:
        return d
    return c.name


def loop(n):
    total = 0
    for i in range(n):
        first, second, third, fourth = [i], (i, "x"), {i: 1}, str(i)
        if i % 3 == 0:
            continue
        total += len(first) + len(second) + len(third) + len(fourth)
    return total


for n in range(3):
    print(two(n))
kept = []
for n in range(5):
    try:
        print("gave", getattr(eight(n, kept), "name", "a value"))
    except KeyError as error:
        print("raised", error, end="; ")
        del error
    print(n)
kept.clear()
print()
for n in range(6):
    print(some_unbound(n))
sys.unraisablehook = lambda event: print("ignored", event.exc_value, end="; ")
print(raising(0))
print(raising(3))
print(loop(1000))
# What never dies can be counted as often as one likes.
names = [None, True, (), "text", 1.5, "", b"", int, ...] * 1000
for round in range(50):
    copies = list(names)
    copies.extend(names)
    del copies[::2]
print(len(copies), names[-1], names[-6])
