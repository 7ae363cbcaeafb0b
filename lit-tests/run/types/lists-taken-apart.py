# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# list(...), copies, sums, remove and reversed: items, sizes, and lists that change meanwhile.
import sys


class Same:
    def __init__(self, act=None):
        self.act = act

    def __eq__(self, other):
        if self.act:
            self.act()
        return True


sizes = []
for n in (0, 1, 2, 3, 7, 8, 16, 17, 40, 64, 65, 200):
    items = range(n)
    made = [list(tuple(items)), list(list(items)), list(items), list(dict.fromkeys(items)), list({i: [i] for i in items}.values()),
            list({i: str(i) for i in items}.items()), list(items).copy(), list(items)[:], list(items) + [n], [str(i) for i in items] + [n]]
    for l in made:
        l.append(n)
        sizes.append((len(l), sys.getsizeof(l), l[-1], l[0] if n else None))
    made = [list(tuple(items)), list(list(items)), list(dict.fromkeys(items)), list({i: 1 for i in items}.items())]
    print(n, [sys.getsizeof(l) for l in made])
print(sizes)
a = [1, 2, 3, "x", 2.0]
a.remove(2.0)
print(a)
a.remove(2)
print(a)
a.remove("x")
a.remove(True)
print(a)
a.remove(3)
print(a, sys.getsizeof(a) == sys.getsizeof([]))
for l in ([], [1, 2], ["a"]):
    try:
        l.remove(5)
    except ValueError as e:
        print(e, l)
l = [1, 2, 3, 4]
l.insert(1, Same(lambda: l.clear()))
try:
    l.remove(99)
    print("removed", l)
except ValueError as e:
    print(e, l)
l = [1, 2, 3]
l.append(Same(lambda: l.pop(0)))
l.append(9)
try:
    l.remove(77)
    print("removed", len(l), l[0])
except ValueError as e:
    print(e)


class Watched:
    def __del__(self):
        print("gone", len(held))


held = [Watched(), 1, 2]
held.remove(held[0])
held[:] = [Watched()]
held.remove(held[0])
print(held)


def backwards(l, change):
    out = []
    for item in reversed(l):
        out.append(item)
        change(l, len(out))
    return out


print(backwards([1, 2, 3, 4], lambda l, n: None))
print(backwards([1, 2, 3, 4], lambda l, n: l.append(n)))
print(backwards([1, 2, 3, 4], lambda l, n: l.clear() if n == 2 else None))
print(backwards([], lambda l, n: None))


class Own(list):
    def __reversed__(self):
        return iter("own")


class Plain(list):
    pass


print(list(reversed(Own([1]))), list(reversed(Plain([1, 2]))), list(reversed((1, 2))), list(reversed("ab")))
it = reversed([1, 2, 3])
print(next(it), it.__length_hint__(), list(it), list(it))


class Grows(list):
    def __iadd__(self, other):
        return "own"


g = Grows()
g += [1]
print(g)
b = c = [1]
b += [2]
b += (3,)
b += b
print(b, c is b)
try:
    b += 5
except TypeError as e:
    print(e, b)
