# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# append() and extend() of deques with and without a bound: what drops out, when it dies, and what its end may do to the deque.
from collections import deque

class Item:
    def __init__(self, n):
        self.n = n
    def __repr__(self):
        return f"<{self.n}>"
    def __del__(self):
        print("dies", self.n, list(bounded), end="; ")

bounded = deque(maxlen=3)
for i in range(6):
    bounded.append(Item(i))
print(bounded)
bounded.extend(Item(i) for i in range(10, 15))
print(bounded)
bounded.extendleft([Item(20), Item(21)])
print(bounded)
bounded.clear()
print()

class Grows:
    def __del__(self):
        d.append("more")
d = deque([Grows(), 1], maxlen=2)
d.append(2)
print(d)
for source in range(20), iter([1, 2]), {3: 4}, "text", (x * x for x in range(9)):
    for limit in None, 0, 1, 4, 40:
        made = deque(source if not hasattr(source, "__next__") else list(range(5)), limit)
        made.extend(range(3))
        print(list(made), made.maxlen, end=" ")
    print()
d = deque(range(5))
try:
    d.extend(x for x in d)
except RuntimeError as e:
    print(e, d)
d.extend(d)
print(d, len(d))
