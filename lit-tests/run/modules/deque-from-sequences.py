# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A deque made of, or extended by, a list or tuple takes the items at once; bounded ones, others and itself one by one.
from collections import deque


class Items(list):
    def __iter__(self):
        return iter("own")


for n in 0, 1, 7, 8, 9, 15, 16, 17, 1000:
    items = list(range(n))
    for source in items, tuple(items), range(n), iter(items):
        d = deque(source)
        d.append("end")
        d.appendleft("begin")
        assert list(d) == ["begin", *items, "end"], n
        d.extend(items)
        d += tuple(items)
        d.rotate(3)
        d.extend(items)
        d.rotate(-3)
        assert len(d) == 4 * n + 2
        print(len(d), d[0], d[-1], end=" ")
    print()
print(deque(Items([1, 2])), deque([1, 2, 3, 4], 2), deque((1, 2), 0), deque([], 3))
d = deque([1, 2])
d.extend(d)
d.popleft()
d.extend([[]] * 3)
d[-1].append(1)
print(d)
it = iter(d)
next(it)
d.extend([])
print(next(it))
d.extend([1])
try:
    next(it)
except RuntimeError as e:
    print(e)


class Traced:
    def __del__(self):
        print("gone")


d = deque([Traced()])
d.extend((Traced(),))
d.clear()
print("cleared")
for data in b"", b"\0\x7f\xff", bytearray(b"ab"), type("B", (bytes,), {})(b"cd"):
    it = iter(data)
    print(list(data), sum(data), [x for x in it], list(it), deque(data))
