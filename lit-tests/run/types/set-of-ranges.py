# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# Sets of the numbers of a range and of the characters of a text: order, size, and keys that have a say or change the set.
import sys

for r in (range(0), range(1), range(10), range(3, 40, 7), range(20, -20, -3), range(-5, 0), range(2 ** 62 - 4, 2 ** 62 + 4), range(2 ** 70, 2 ** 70 + 3),
          range(-(2 ** 62) - 2, -(2 ** 62) + 2), range(0, 10 ** 30, 10 ** 29), range(5, 0)):
    s = set(r)
    t = set()
    for x in r:
        t.add(x)
    print(list(s), s == t, list(s) == list(t), sys.getsizeof(s) == sys.getsizeof(t), list(frozenset(r)) == list(t))
s = set("hello")
s.update(range(4))
s.update("world", range(3, 6), "wörld", "日本 w")
print(sorted(map(str, s)), len(s))
s |= set(range(1, 8)) - {2, 3}
print(sorted(map(str, s)), set(range(1, 10)) - {2, 4} - {1}, set(range(4)) ^ set(range(2, 9)))
b = {True, 0.0}
b.update(range(4))
print(sorted(map(repr, b)))


class Key:
    def __init__(self, n, answer, then=None):
        self.n = n
        self.answer = answer
        self.then = then

    def __hash__(self):
        return self.n

    def __eq__(self, other):
        print("asked for", other)
        if self.then:
            self.then()
        return self.answer


s = {Key(3, False), Key(5, True), 6}
s.update(range(2, 8))
print(len(s), sorted(x for x in s if type(x) is int))
s = {Key(2, False, lambda: s.clear())}
s.update(range(4))
print(s)
s = {Key(hash("l"), True)}
s.update("hello")
print(len(s), sorted(x for x in s if type(x) is str))
s = {Key(3, False, lambda: 1 / 0)}
try:
    s.update(range(6))
except ZeroDivisionError as e:
    print(e, sorted(x for x in s if type(x) is int))
