# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Methods that are no functions but bind as such: lru_cache in a class, hidden by instances, replaced while they run.
import functools
import sys

class A:
    def __init__(self):
        self.calls = 0
    @functools.lru_cache(maxsize=2)
    def double(self, x):
        self.calls += 1
        return 2 * x
    @functools.cache
    def nothing(self):
        return "computed"
    @functools.cache
    def several(self, a, b=2, *rest, key=None):
        return a, b, rest, key
    @functools.cache
    def replaces(self, x):
        A.replaces = lambda self, x: ("another", x)
        return "first", x

class B(A):
    def double(self, x):
        return "B", super().double(x)

class Slots:
    __slots__ = ("x",)
    @functools.cache
    def get(self):
        return self.x

def use(o, n):
    return [o.double(i % 3) for i in range(n)]

a, b = A(), B()
print(use(a, 5), a.calls, use(b, 4), b.calls, A.double.cache_info())
print([a.nothing() for _ in range(3)], [a.several(1), a.several(1, 3), a.several(1, 3, 4), a.several(1, key=5)], A.several.cache_info())
print(a.replaces(1), a.replaces(1), a.replaces(2))
s = Slots()
s.x = 3
print(s.get(), s.get(), Slots.get.cache_info())
for o in a, A():
    for _ in range(2):
        print(o.double(4))
    o.double = lambda x: ("hidden", x)
    print(o.double(4), A.double(o, 4))
A.double = lambda self, x: ("of the class", x)
print(A().double(1), a.double(1))
for wrong in lambda: a.several(), lambda: a.several([]), lambda: A.nothing(), lambda: a.nothing(1):
    try:
        wrong()
    except TypeError as e:
        print(e)
class Deep:
    @functools.cache
    def down(self, n):
        return 0 if n == 0 else 1 + self.down(n - 1)
print(Deep().down(200))
try:
    Deep().down(100000)
except RecursionError as e:
    print(e)
