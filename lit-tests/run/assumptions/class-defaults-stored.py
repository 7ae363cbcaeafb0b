# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Attributes for which the class has a constant until they are stored: in slots that are empty or full, deleted, in subclasses that say
# something else, after the class was changed.


class Cell:
    blocked = False
    visits = 0
    name = "cell"
    cost = 1.5

    def visit(self):
        self.visits += 1
        return self.visits

    def block(self, how=True):
        self.blocked = how


class Begun:
    x = 0
    y = 0

    def __init__(self, x):
        self.x = x
        if x % 2:
            self.y = x

    def sum(self):
        return self.x + self.y


class Derived(Begun):
    x = 100

    def __init__(self, x):
        self.y = x


class Loud(Cell):
    def __del__(self):
        print("del", self.visits)


def count(cells, n):
    total = 0
    for i in range(n):
        for c in cells:
            if not c.blocked:
                total += c.visit()
            else:
                total += c.visits * c.cost
            if c.visits == 5:
                c.block()
                c.cost = i
    return total


def sums(points):
    total = 0
    for p in points:
        total += p.sum() * p.x - p.y
    return total


cells = [Cell() for _ in range(4)]
print(count(cells, 3), count(cells, 4), [c.visits for c in cells], [vars(c) for c in cells][:1])
for c in cells[:2]:
    del c.visits, c.blocked
print(count(cells, 2), [c.__dict__ for c in cells])
Cell.visits = 7
print(count([Cell(), *cells], 2), Cell().visits)
Cell.blocked = property(lambda self: self.visits > 8)
print(count([Cell()], 3))
try:
    Cell().block()
except AttributeError as e:
    print(e)
del Cell.blocked
try:
    count([Cell()], 1)
except AttributeError as e:
    print(e)
Cell.blocked = 0
Cell.visits = "a"
try:
    count([Cell()], 1)
except TypeError as e:
    print(e)
Cell.visits = 0
print(count([Loud(), Cell()], 6))
print(sums([Begun(i) for i in range(9)]), sums([Begun(2**70), Begun(1.5)]), sums([Derived(3), Begun(3)]))
Begun.x = property(lambda self: 5, lambda self, v: print("set", v))
print(sums([Begun(4), Derived(4)]))


class Flags:
    """A truth value that somebody computes with."""

    def __init__(self, text):
        self.text = text
        self.on = False

    def within(self, x):
        return self.on and x > 2

    def run(self, n):
        total = 0
        for i in range(n):
            if self.within(i):
                total += 1
            self.on = self.text[self.on * 3] == "#"
        return total, self.on


print(Flags("#..#").run(9), Flags("#...").run(9), Flags("....").run(9))
