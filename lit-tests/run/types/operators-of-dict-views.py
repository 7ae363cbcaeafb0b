# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Operators of views of dicts: which of two equal elements the result has, and what is hashed and compared on the way.
print({1: 'x'}.keys() & {True}, {True} & {1: 'x'}.keys(), {1: 'x'}.keys() & {1.0, 2}, {1.0, 2} & {1: 0}.keys(), {1: 0, 2: 0}.keys() & {True})
print({1: 2}.items() & {(True, 2.0)}, {1: 2}.items() & [(True, 2.0)], {1: 2, 3: 4}.items() & {(True, 2.0)}, {(True, 2.0)} & {1: 2}.items())
print({1: 2}.keys() | {True}, {1: 2}.keys() ^ {True, 2}, {1: 2}.keys() - {True})
log = []


class Key:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        log.append("hash " + self.name)
        return 42

    def __eq__(self, other):
        log.append("compare " + self.name + other.name)
        return True

    def __repr__(self):
        return self.name


def show(name, f):
    log.clear()
    print(name, f(), log)


a, b, c = Key("a"), Key("b"), Key("c")
one, two = Key("1"), Key("2")
d1, d2 = {a: one}, {b: two}
for name, x, y in (
    ("keys", d1.keys(), d2.keys()),
    ("items", d1.items(), d2.items()),
    ("keys and set", d1.keys(), {c}),
    ("keys and list", d1.keys(), [b]),
    ("set and keys", {c}, d1.keys()),
    ("items and list", d1.items(), [(b, two)]),
    ("items and set", d1.items(), {(b, two)}),
):
    if not isinstance(y, list):
        show(name + " ==", lambda: x == y)
        show(name + " <=", lambda: x <= y)
    show(name + " ^", lambda: x ^ y)
    show(name + " &", lambda: x & y)
    show(name + " |", lambda: x | y)
    show(name + " -", lambda: x - y)
    show(name + " isdisjoint", lambda: x.isdisjoint(y))


class Changing:
    def __eq__(self, other):
        d3.clear()
        return True


d3 = {1: Changing(), 2: Changing()}
d4 = {1: 1, 2: 2, 3: 3}
print(len(d3.items() ^ d4.items()), d3, {1: [1]}.items() ^ {1: [1]}.items())
try:
    {1: [1]}.items() ^ {1: [2]}.items()
except TypeError as e:
    print(e)
