# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Iterators over texts, dicts and sets give several items at once to those who take all: list(), tuple(), extend(), through zip, enumerate, chain and islice, too.
import sys
from itertools import chain, islice

ascii, latin, greek = "abcdefghij", "caf\u00e9\u00ff\u00a0xyz", "\u03b1\u03b2\u03b3\u03b4\U0001f600z"
letters = {c: ord(c) for c in ascii}
long = {i: str(i) for i in range(100)}

print(list(zip(ascii, "0123456789")), list(zip(latin, greek)), tuple(zip(greek, range(3, 100))))
print(list(zip(ascii, ascii[1:], ascii[2:])), list(zip(letters, letters.values())), list(zip(letters.values(), letters.items())))
print(list(zip(long, long.values(), range(100)))[60:70], list(zip(long, long)) == [(i, i) for i in range(100)])
print(list(enumerate(greek, 5)), tuple(enumerate(letters)), list(enumerate({1, 2, 3})), list(enumerate(letters.values())))
print(list(chain(ascii, greek, letters, letters.values(), {4, 5})), list(islice(ascii, 2, 7, 2)), list(islice(long, 40, 80)))
print(list(iter(long)) == list(range(100)), list(iter(long.values()))[::30], sorted(iter(set(range(100)))) == list(range(100)))


class Text(str):
    def __iter__(self):
        return str.__iter__(self + "!")


print(list(zip(Text("ab"), Text("cd"), "123")), list(iter(Text("xy"))), list(chain(Text("uv"))))

# One iterator in several places.
for n, text in (2, ascii), (3, ascii), (4, greek), (3, latin), (2, ascii * 20):
    rows = list(zip(*[iter(text)] * n))
    print(len(rows), rows[:3], rows[-1])
print(list(zip(*[iter(long)] * 7))[-1], list(zip(*[iter([1, 2, 3, 4, 5])] * 2)), list(zip(*[iter(range(9))] * 4)))
for shared, other in ([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]), ("abcde", "vwxyz"), (dict.fromkeys("abcde"), range(5)):
    a, b = iter(other), iter(shared)
    print(list(zip(a, b, b)), list(a), list(b))
    a, b = iter(other), iter(shared)
    print(list(zip(b, a, b)), list(a), list(b))
    a, b = iter(other), iter(shared)
    print(list(zip(b, b, a, a)), list(a), list(b))
    a, b = iter(shared), iter(other)
    print(list(zip(a, b, a, b)), list(a), list(b))

# What is left in the others when one has ended.
a, b = iter("abcdef"), iter({1: 2, 3: 4, 5: 6})
print(list(zip(a, b)), list(a), list(b), list(b))
a, b = iter("abcdef"), iter({1: 2, 3: 4, 5: 6}.values())
print(list(zip(b, a)), list(a), list(b))
a = iter(long)
print(list(islice(a, 50))[-1], next(a), a.__length_hint__(), list(zip("xyz", a)), a.__length_hint__())
s = iter({10, 20, 30})
print(next(s) in (10, 20, 30), s.__length_hint__(), len(list(s)), s.__length_hint__(), list(s))
t = iter("\u03b1bc")
print(next(t), t.__length_hint__(), list(t), t.__length_hint__(), list(t))
for strict in ("abc", "ab"), ("ab", "abc"), ("abc", "abc"), (letters, "abc"), ("abc", letters.values()):
    try:
        print(list(zip(*strict, strict=True)))
    except ValueError as error:
        print(error)


# Dicts and sets that change meanwhile, and those with holes.
def message(call):
    try:
        return call()
    except RuntimeError as error:
        return str(error)


for wrap in iter, lambda it: zip(it, "abcdef"), enumerate, lambda it: chain([0], it), lambda it: zip("abcdef", it):
    for view in dict.keys, dict.values, dict.items:
        d = {i: -i for i in range(6)}
        it = iter(view(d))
        next(it)
        d[99] = 1
        print(message(lambda: list(wrap(it))), message(lambda: next(it)), end=" ")
        d = {i: -i for i in range(6)}
        it = iter(view(d))
        next(it)
        del d[3], d[0]
        d[77] = d[78] = 0
        print(message(lambda: list(wrap(it))), list(it), end=" ")
        d = {i: -i for i in range(6)}
        del d[2], d[4]
        it = iter(view(d))
        print(message(lambda: list(wrap(it))), list(it))
    s = {1, 2, 3}
    it = iter(s)
    next(it)
    s.add(4)
    print(message(lambda: list(wrap(it))), message(lambda: next(it)))


# Attributes of an instance.
class Point:
    def __init__(self):
        self.x, self.y, self.z = 1, 2, 3


p = Point()
print(list(zip(p.__dict__, vars(p).values())), list(enumerate(vars(p))), list(iter(vars(p).values())))
del p.y
p.w = 5
print(list(zip(vars(p), "abc", vars(p).values())), list(chain(vars(p), vars(p).values())))


# What is held on, and when it dies.
class Noted:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)


d = {name: Noted(name) for name in "abcd"}
pairs = list(zip(d, d.values()))
d.clear()
print("cleared")
del pairs[1]
print("second gone")
pairs.clear()
values = tuple(iter({1: Noted("first"), 2: Noted("second")}.values()))
print("still")
del values
print(sys.getsizeof(list(zip(ascii, letters))), sys.getsizeof(list(iter(letters))), sys.getsizeof(list(enumerate(long))))

# Loops, whose tuple is filled again when nobody holds it.
kept = []
for pair in zip("abc", letters, {7: 1, 8: 1, 9: 1}.values()):
    kept.append(pair)
print(kept, [x + y for x, y in zip("abc", letters)], dict(zip(letters, "xyz")), {k: v for k, v in zip({5, 6}, "ab")})
