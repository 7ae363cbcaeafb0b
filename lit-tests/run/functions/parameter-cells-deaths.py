# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Variables die in the order of the frame, where the cell of a parameter stands at the parameter's place, and others behind the variables.
import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, end="; ")


def captured(a, b):
    c = Loud("c")
    (lambda: (a, d))
    d = Loud("d")


def kept_by_local(a, b):
    g = lambda: (a, b)
    c = Loud("c")
    d = Loud("d")
    h = lambda: d


def kinds(a, /, b, *more, k, **named):
    c = Loud("c")
    (lambda: (named, k, more, a))


def read_often(a, b, n):
    c = Loud("c")
    total = 0
    for i in range(n):
        total += (lambda: len(b.name) + i)() + len(b.name)
    return total


def bound_again(a, b):
    c = Loud("c")
    def change():
        nonlocal a
        a = Loud("a2")
        return a
    change()
    b = lambda: b


def deleted(a, b):
    (lambda: a)
    c = Loud("c")
    del a


def itself(a, b):
    def again(n):
        return again, a
    c = Loud("c")
    return again(1)[1].name


def fails(a, b):
    c = Loud("c")
    (lambda: (b, d))
    d = Loud("d")
    d.missing


def handles(a, b):
    c = Loud("c")
    (lambda: (b, d))
    d = Loud("d")
    try:
        d.missing
    except AttributeError as e:
        print(e, end="; ")


def handles_and_keeps(a, b):
    c = Loud("c")
    (lambda: (b, d))
    d = Loud("d")
    try:
        d.missing
    except AttributeError as e:
        return e


def generator(a, b):
    c = Loud("c")
    (lambda: (b, d))
    d = Loud("d")
    yield 1
    yield 2


def comprehended(a, b):
    c = Loud("c")
    words = [x + a.name for x in b.name]
    lazy = (x + b.name for x in words)
    return next(lazy)


class Holder:
    def method(self, a, b):
        c = Loud("c")
        d = [Loud("of list") for _ in a.name if b]
        return sorted(d, key=lambda x: (b, self)) and 1


def frames(a, b):
    c = Loud("c")
    (lambda: b)
    return sys._getframe()


def inner(a, b):
    c = Loud("c")
    (lambda: a)
    return len(c.name)


def outer(n):
    for i in range(n):
        inner(Loud("a"), Loud("b"))
        inner(Loud("x"), Loud("y"))


def tried(f):
    print(f.__name__, end=": ")
    try:
        got = f(Loud("a"), Loud("b"))
        print("->", type(got).__name__, end="; ")
        del got
    except AttributeError as e:
        print("left", end="; ")
    print()


for f in (captured, kept_by_local, bound_again, deleted, itself, fails, handles, handles_and_keeps, comprehended, frames):
    tried(f)
read_often(Loud("a"), Loud("b"), 3)
print("read")
kinds(Loud("a"), Loud("b"), Loud("e"), k=Loud("k"), z=Loud("z"))
print("kinds")
g = generator(Loud("a"), Loud("b"))
next(g)
g.close()
print("closed")
g = generator(Loud("a"), Loud("b"))
next(g)
del g
print("dropped")
for _ in generator(Loud("a"), Loud("b")):
    pass
print("run")
Holder().method(Loud("a"), Loud("b"))
print("method")
outer(2)
print("end")
