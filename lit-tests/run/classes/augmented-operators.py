# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# `a += b` of own classes: by their own method, by the plain operator's where the class has none, and as classes change meanwhile.
class Vec:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __iadd__(self, other):
        self.x += other.x
        self.y += other.y
        return self

    def __imul__(self, k):
        self.x *= k
        self.y *= k
        return self

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Vec(self.x - other.x, self.y - other.y)

    def __repr__(self):
        return f"Vec({self.x}, {self.y})"


class Loud(Vec):
    def __del__(self):
        print("gone", self)


class Body:
    def __init__(self):
        self.pos = Vec(0.0, 0.0)
        self.vel = Vec(1.0, 0.5)

    def step(self, dt):
        v = self.vel
        self.pos += v
        v *= dt
        self.vel -= Vec(0.25, 0.25)


def own(n):
    v = Vec(0.0, 0.0)
    first = v
    one = Vec(1.0, 2.0)
    for i in range(n):
        v += one
        if i % 3 == 0:
            v *= 0.5
    return v, first


def plain(n):
    v = Vec(0.0, 0.0)
    first = v
    one = Vec(1.0, 2.0)
    for i in range(n):
        v -= one
    return v, first


def of(cls, n):
    v = cls(0.0, 0.0)
    one = Vec(1.0, 2.0)
    for i in range(n):
        v -= one
    return v


def either(things, n):
    total = Vec(0.0, 0.0)
    for i in range(n):
        t = things[i % len(things)]
        try:
            total += t
        except (TypeError, AttributeError) as e:
            print(type(e).__name__, e)
    return total


print(own(10))
print(plain(10))
b = Body()
for _ in range(5):
    b.step(0.5)
print(b.pos, b.vel)


class Mine(Vec):
    pass


print(of(Mine, 4), type(of(Mine, 1)).__name__)


class Right(Vec):
    def __rsub__(self, other):
        return ("right", other.x)


class Other:
    def __rsub__(self, other):
        return "other"


def minus(n, what):
    v = Vec(5.0, 5.0)
    made = []
    for i in range(n):
        w = v
        w -= what
        made.append(w)
    return made


print(minus(3, Vec(1.0, 1.0)))
print(minus(2, Right(1.0, 1.0)))
try:
    print(minus(2, Other()))
except AttributeError as e:
    print("AttributeError", e)


def deaths():
    v = Loud(1.0, 1.0)
    one = Vec(1.0, 1.0)
    v += one
    print("kept", v)
    v -= one
    print("left", v)
    w = v
    v -= one
    print("both", w, v)


deaths()


# The class gets a method while the loop runs, and loses it.
def changing(n):
    v = Vec(0.0, 0.0)
    one = Vec(1.0, 2.0)
    for i in range(n):
        v -= one
        if i == 2:
            def isub(self, other):
                self.x -= 100.0
                return self
            Vec.__isub__ = isub
        if i == 4:
            del Vec.__isub__
        if i == 5:
            Vec.__isub__ = lambda self, other: NotImplemented
        if i == 7:
            del Vec.__isub__
    return v


print(changing(10))


class Count:
    def __init__(self, n):
        self.n = n

    def __iadd__(self, k):
        if k < 0:
            return NotImplemented
        self.n += k
        return self

    def __add__(self, k):
        return Count(self.n - 1000)

    def __ior__(self, text):
        self.n += len(text)
        return self


def counts(n):
    c = Count(0)
    for i in range(n):
        c += i - 2
        c |= "abc"
    return c.n


print(counts(6))


class Odd:
    def __init__(self, n):
        self.n = n

    def __iadd__(self, k):
        return self.n + k

    def __imul__(self, k):
        if k == 3:
            raise ValueError("three")
        self.n *= k
        return self


def odd(n):
    made = []
    for i in range(n):
        o = Odd(i)
        o += 2
        made.append(o)
    return made


def raising(n):
    o = Odd(1)
    for i in range(1, n):
        try:
            o *= i
        except ValueError as e:
            print("ValueError", e, o.n)
    return o.n


print(odd(4), raising(6))


class Bag(list):
    def __add__(self, other):
        return "added"


def bag(n):
    b = Bag()
    for i in range(n):
        b += [i]
    return b


print(bag(3), type(bag(1)).__name__)
print(either([Vec(1.0, 1.0), Vec(2.0, 2.0)], 6))
print(either([Vec(1.0, 1.0), 5, "text", None], 6))


class Items:
    def __init__(self):
        self.held = {}

    def __getitem__(self, k):
        return self.held.setdefault(k, Vec(0.0, 0.0))

    def __setitem__(self, k, v):
        self.held[k] = v


def items(n):
    all = Items()
    for i in range(n):
        all[i % 2] += Vec(1.0, 1.0)
        all[i % 2] -= Vec(0.5, 0.5)
    return all.held


print(items(6))


# Numbers that are ints at times.
class Sum:
    def __init__(self):
        self.value = 0

    def __itruediv__(self, k):
        self.value /= k
        return self

    def __imul__(self, k):
        self.value *= k
        return self

    def __isub__(self, k):
        self.value -= k
        return self


def sums(n):
    s = Sum()
    for i in range(n):
        s -= i if i % 2 else -0.5
        s *= 1.5
        if i == 3:
            s.value = 7
            s *= 2.0
            s.value = 10 ** 20
            s *= 0.5
            s.value = True
            s *= 0.25
        s /= 2.0
    return s.value


print(sums(9))
