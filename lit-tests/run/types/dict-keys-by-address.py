# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Keys whose hash is object's: classes, functions, None, instances. It is another one as soon as their class defines a hash.
import copy


class Plain:
    pass


class Sub(Plain):
    pass


class Meta(type):
    hashed = 0

    def __hash__(cls):
        Meta.hashed += 1
        return 7


class Made(metaclass=Meta):
    pass


def f():
    pass


p, s = Plain(), Sub()
d = {int: 1, Plain: 2, f: 3, None: 4, p: 5, s: 6, len: 7, ...: 8, -1: 9, 2.5: 10}
print([d[k] for k in (int, Plain, f, None, p, s, len, ..., -1, 2.5)], d.get(str), d.get(Sub, 'none'), Sub in d, s in d)
print(hash(p) == object.__hash__(p), hash(int) == object.__hash__(int), d.pop(f), f in d, len(d))
print({}.get(p), {}.get(int, 'empty'), p in {}, {p} == {p}, p in {s}, {int, str} >= {str}, frozenset({int, p}) - {p} == {int})
d[Made] = 'made'
print(d[Made], Made in d, Meta.hashed)
for unhashable in [], {}, set():
    try:
        {}.get(unhashable)
    except TypeError as e:
        print(e)
    try:
        unhashable in {}
    except TypeError as e:
        print(e)

# The class gets a hash, and loses it.
calls = []
table = {p: 'p', s: 's'}
Plain.__hash__ = lambda self: calls.append('hash') or 3
table.get(p), table.get(s), p in table  # found only if the address leads there, too
print(calls)
hashed = {p: 'again'}
print(hashed[p], hashed.get(s), (p, s) in {(p, s): 1}, calls)
del Plain.__hash__
print(table[p], table[s], len(table))
Plain.__eq__ = lambda self, other: calls.append('eq') or True
try:
    print(table.get(Plain(), 'another'))
except TypeError as e:
    print(e)
Plain.__hash__ = None
try:
    table[p]
except TypeError as e:
    print(e)
del Plain.__eq__, Plain.__hash__
print(table[s], table.setdefault(p, 1), table.pop(s), s in table)


class Changing:
    pass


class Other:
    def __hash__(self):
        return 11


c = Changing()
table = {c: 1}
c.__class__ = Other
print(hash(c), {c: 2}[c])
c.__class__ = Changing
print(table.get(c))
memo = {}
print(copy.deepcopy([p, p, int, f, None, s], memo)[2:4] == [int, f], len(memo) > 0)
