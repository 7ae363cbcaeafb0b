# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Attributes that __init__ stores and reads, stores again, stores in one of two ways, or that other methods store first: empty
# slots, an order of attributes that shows, setters and descriptors that come later, errors in the middle.
import weakref


class Table:
    def __init__(self, n, way=0):
        self.items = [0] * n
        for i in range(n):
            self.items[i] = i * n
        self.total = 0
        for x in self.items:
            self.total += x
        if way:
            self.side = "left"
        else:
            self.side = "right"
        if way == 2:
            self.side += "most"
        try:
            self.rest = self.total // (way - 1)
        except ZeroDivisionError:
            self.rest = "none"


class Stack:
    def __init__(self, n):
        self.n = n
        self.reset()

    def reset(self):
        self.low = 0
        self.high = self.n * 2
        for i in range(3):
            self.low += i

    def step(self):
        self.seen = getattr(self, "seen", 0) + 1
        self.low, self.high = self.high, self.low
        return self.seen + self.low


class Loud:
    def __init__(self, text):
        self.text = text

    def __del__(self):
        print("del", self.text)


class Holder:
    def put(self, n):
        for i in range(n):
            self.held = Loud(f"{n}.{i}")
        return self.held.text


def tables(n):
    return [(t.total, t.side, t.rest, list(vars(t))) for t in (Table(4, k % 3) for k in range(n))]


def stacks(n):
    total = 0
    all = [Stack(i) for i in range(n)]
    for s in all:
        for k in range(3):
            total += s.step()
    for s in all[:2]:
        s.reset()
        total += s.high
    return total, list(vars(all[0]))


print(tables(4))
print(stacks(5))
h = Holder()
print(h.put(3), Holder().put(1))
del h.held
print(h.put(2), vars(h).keys())


class Limited(Stack):
    """The attribute is a descriptor of the subclass."""

    @property
    def low(self):
        return -self.kept

    @low.setter
    def low(self, v):
        self.kept = v if v < 5 else 5


print([Limited(k).step() for k in (1, 4)], vars(Limited(2)))


class Refused(Stack):
    def __setattr__(self, name, value):
        if name == "high" and value > 6:
            raise ValueError(value)
        super().__setattr__(name, value)


for k in 1, 9:
    try:
        print(Refused(k).step())
    except ValueError as e:
        print("refused", e)


class Fixed:
    __slots__ = ("a", "b", "__weakref__")

    def fill(self, n):
        for i in range(n):
            self.a = i
            self.b = [i, self.a]
        return self.b


f = Fixed()
r = weakref.ref(f)
print(f.fill(3), hasattr(f, "c"))
del f.a
print(f.fill(2), f.a)
del f
print(r())
