# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# An instance whose dict somebody has asked for has its methods as before, until the dict hides one: by a name that has no slot, by another dict,
# by one that two instances share.
import copy


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def total(self):
        return self.x + self.y

    def move(self, by):
        self.x += by
        return self


class Wide:
    def __init__(self):
        self.a = self.b = self.c = self.d = self.e = self.f = self.g = self.h = self.i = 1
        self.j = self.k = self.l = self.m = self.n = self.o = self.p = self.q = self.r = 2

    def total(self):
        return self.a + self.r


def totals(p, n):
    s = 0
    for i in range(n):
        s += p.total()
        p.move(1)
    return s


def hidden(p, n):
    made = []
    for i in range(n):
        made.append(p.total())
        if i == 1:
            vars(p)["total"] = lambda: "hidden"
        if i == 3:
            del p.total
        if i == 4:
            del p.y
            p.__dict__["other"] = 5
            p.y = 7
        if i == 5:
            p.total = lambda: "stored"
        if i == 6:
            del vars(p)["total"]
    return made


def wide(w, n):
    made = []
    for i in range(n):
        made.append(w.total())
        if i == 1:
            vars(w)["total"] = lambda: "wide"
    return made


for make in (lambda p: p, copy.copy, copy.deepcopy):
    p = make(Point(1, 2))
    print(totals(p, 5), vars(p), hidden(p, 9), vars(p))
    print(wide(make(Wide()), 4))

p = Point(1, 2)
print(p.__dict__, totals(p, 5), hidden(p, 9))

p, q = Point(1, 2), Point(3, 4)
q.__dict__ = p.__dict__
print(totals(q, 3), p.x, hidden(p, 4), q.total(), hidden(q, 5), p.total())

p = Point(1, 2)
p.__dict__ = {"x": 10, "y": 20, "total": lambda: "own"}
print(totals(copy.copy(Point(5, 6)), 3), p.total(), p.move(2).x)
del p.total
print(p.total(), totals(p, 3))


class Bag:
    def __init__(self, **values):
        self.__dict__.update(values)

    def get(self):
        return self.value


def gets(bags):
    return [bag.get() for bag in bags]


print(gets([Bag(value=n) for n in range(3)] + [Bag(value=1, get=lambda: "bag"), Bag(get=lambda: "bag"), Bag(value=2, more=3)]))


# Keys that hash by their address, as those do which say how.
class Key:
    def __lt__(self, other):
        return id(self) < id(other)


class Said:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 3

    def __eq__(self, other):
        return isinstance(other, Said) and self.n == other.n


def count(keys, rounds):
    seen, some = {}, set()
    for _ in range(rounds):
        for k in keys:
            if k in seen:
                seen[k] += 1
            else:
                seen[k] = 1
            if k not in some:
                some.add(k)
    return sorted(seen.values()), len(some)


keys = [Key() for _ in range(100)]
print(count(keys, 3)[0][:3], count(keys + keys, 1)[1], count([Said(n % 7) for n in range(50)], 2), count([Key, Said, len, count, None, ...], 2))

