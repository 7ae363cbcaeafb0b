# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Deques with and without a bound get the items of lists and tuples, and others.
from collections import deque


class Loud:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def __del__(self):
        print("del", self.name)


for most in (None, 0, 1, 3, 5, 100):
    for source in ([], [1, 2], (1, 2, 3, 4, 5, 6), range(4), "abcdefg", iter([7, 8, 9, 10])):
        print(deque(source, most), end=" ")
    d = deque([1, 2], most)
    d.extend([3, 4, 5, 6])
    d.extend(d)
    d.extendleft((7, 8))
    d += [9]
    print(d, d.maxlen)
d = deque([Loud("a"), Loud("b"), Loud("c")], 2)
print(d)
d.extend([Loud("d")])
print(d)
d.clear()
d.extend([Loud("e"), Loud("f"), Loud("g")])
print(d)
it = iter(d)
d.extend([])
print(next(it))
d.clear()
empty = iter(d)
d.extend([1])
try:
    next(empty)
except RuntimeError as e:
    print(e)
none = deque(maxlen=0)
it = iter(none)
none.extend([1, 2])
print(next(it, "end"))
