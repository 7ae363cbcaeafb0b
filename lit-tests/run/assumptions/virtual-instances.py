# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Instances that only attributes and small methods are asked of stay numbers in their caller, until something wants the object.
import weakref


class V:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, o):
        return V(self.x + o.x, self.y + o.y)

    def __sub__(self, o):
        return V(self.x - o.x, self.y - o.y)

    def __mul__(self, k):
        return V(self.x * k, self.y * k)

    def dot(self, o):
        return self.x * o.x + self.y * o.y

    def mirrored(self, turns):
        if turns:
            return V(self.y, self.x)
        return V(self.x, self.y)

    def same(self):
        return self

    def halved(self):
        self.x *= 0.5
        self.y *= 0.5
        return self


def chain(a, b, n):
    s = 0.0
    for i in range(n):
        d = a - b
        s += d.dot(d) + (a + b).dot(b)
        e = (a + b) * 0.5
        s += e.x - e.y + (e + d).x
        s += d.mirrored(i % 2).x
        p = V(s, 1.0)
        s = p.halved().x + p.y + (p * 2).same().x
    return s


a, b = V(1.0, 2.0), V(0.5, 0.25)
print(chain(a, b, 50))
print(chain(V(1, 2), b, 5), chain(V(1, 2), V(3, 4), 5))
print(chain(V(1.0, float("nan")), b, 2))
print(chain(V(True, 2.5), b, 3), chain(V(2 ** 70, 2.5), b, 2))


# What is asked behind a call that changes the class.
def asked(a, b, change):
    d = a - b
    change(d.x)
    return d.x, d.dot(b), d.y


def shown(a, b, change, keep):
    d = a - b
    change(d.x)
    x = d.x
    keep.append(d)
    return x


nothing = lambda x: None
print(asked(a, b, nothing), asked(a, b, nothing))


def twice_dot(x):
    V.dot = lambda self, o: (self.x, o.x)


dot = V.dot
print(asked(a, b, twice_dot), asked(a, b, nothing))
V.dot = dot


def hide(x):
    V.x = property(lambda self: ("hidden", self.__dict__["x"]))


try:
    print(asked(a, b, hide))
except TypeError as e:
    print("TypeError", e)
del V.x
kept = []
print(shown(a, b, nothing, kept), shown(a, b, hide, kept))
del V.x
print([vars(v) for v in kept], kept[0].x, kept[1].x)


def rebind(x):
    global V
    class V:
        def __init__(self, *all):
            self.all = all


old = V
print(asked(a, b, rebind), (a - b).all)
V = old
print(shown(a, b, rebind, kept), type(kept[-1]) is old, kept[-1].y)
V = old


# A method is looked up before its arguments run.
def looked_up(a, b, change):
    d = a - b
    return d.dot(change(d.x))


def change_dot(x):
    V.dot = lambda self, o: "changed"
    return b


print(looked_up(a, b, lambda x: b), looked_up(a, b, change_dot), looked_up(a, b, lambda x: b))
V.dot = dot


class Holder:
    def __init__(self, v):
        self.v = v


def looked_up_beside(a, h):
    d = a - h.v
    return d.dot(h.v) + d.dot(d)


print(looked_up_beside(a, Holder(b)), looked_up_beside(V(1.0, 2.0), Holder(V(3, 4))))
h = Holder(b)
h.w = 1
print(looked_up_beside(a, h))
Holder.v = property(lambda self: V(9.0, 9.0))
print(looked_up_beside(a, h))


# Ways out while two locals hold one.
def both(a, b, k):
    d = a - b
    e = d
    x = d.x * k
    y = e.y + d.x
    return x, y, e.x


print(both(a, b, 2.0), both(a, b, 2 ** 70), both(a, b, True))


# The call beside takes a number's word that is made for it.
def stepped(a, n):
    k = 0.5
    for i in range(n):
        k *= 0.75
        a = a + (a * k - a) * k
    return a.x, a.y


print(stepped(a, 3), stepped(V(1, 2), 3))


def reflected(a, n):
    d = n * a.dot(n)
    return a - d * 2


class U(V):
    def __sub__(self, o):
        return [self.x, o.x, o]


for v in a, U(1.0, 2.0), V(1, 2):
    for i in range(20):
        r = reflected(v, b)
    print(vars(r) if isinstance(r, V) else (r[:2], vars(r[2])))


# An object where a word is wanted: one, however often.
def identity(a, b, n):
    kept = []
    for i in range(n):
        d = a - b
        x = d.x
        e = d
        kept += [d, e]
        if x > 0.25:
            kept.append(d)
    return [v is kept[0] for v in kept], len({id(v) for v in kept}), weakref.ref(kept[0])() is kept[0]


print(identity(a, b, 2))


# Errors: handlers, and finally, see what locals are.
def handled(a, b, divisor):
    d = a - b
    s = d.x
    try:
        e = a + b
        s += e.x / divisor
        s += e.dot(d)
    except ZeroDivisionError:
        s += e.y
    finally:
        s += 1
    return s


print(handled(a, b, 2), handled(a, b, 0), handled(b, a, 0))


def unhandled(a, b, divisor):
    d = a - b
    s = d.dot(b)
    return s / divisor + d.x


for divisor in 2.0, 0:
    try:
        print(unhandled(a, b, divisor))
    except ZeroDivisionError as e:
        print(e)


# Deaths.
log = []


class D(V):
    def __sub__(self, o):
        return D(self.x - o.x, self.y - o.y)

    def __del__(self):
        log.append(self.x)


print(chain(D(1.0, 2.0), D(0.5, 0.25), 2), len(log))


# Which operand's class is asked first.
class W(V):
    def __rsub__(self, o):
        return V(100.0, 100.0)


class Other:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __rsub__(self, o):
        return V(200.0, 200.0)


class Left:
    def __init__(self, x):
        self.x = x

    def __sub__(self, o):
        return NotImplemented


def difference(a, b, n):
    s = 0.0
    for i in range(n):
        s += (a - b).x
        c = W(1.0, 2.0)
        s += (a - c).x
        c = Other(3.0, 4.0)
        s += (a - c).y
    return s


print(difference(a, b, 3), difference(a, W(0.0, 0.0), 3), difference(a, Other(1.0, 1.0), 3), difference(Left(1.0), Other(1.0, 1.0), 3))


class I(int):
    def __rmul__(self, o):
        return V(300.0, 300.0)


def product(a, k):
    return (a * k).dot(a)


print(product(a, 2.0), product(a, 3), product(a, I(3)), product(a, True))
try:
    product(Left(1.0), 2.0)
except TypeError as e:
    print(e)


# Tests of the operand's class, and paths that raise.
class T:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, o):
        if not isinstance(o, T):
            raise TypeError("no T: " + type(o).__name__)
        assert o.x > -1000.0, "far: " + str(o.x)
        return T(self.x + o.x, self.y + o.y)

    def __mul__(self, k):
        return T(self.x * k, self.y * k)

    def __sub__(self, o):
        return self + o * -1.0

    def kind(self, o):
        if isinstance(o, (int, float)):
            return 1
        if isinstance(o, (T, str)):
            return 2
        return 3


class TT(T):
    pass


def sums(a, b, dx):
    s = 0.0
    for i in range(3):
        s += (a + T(dx, 1.0)).x + (a - b).y + (a + (a - b)).x
        d = T(s, dx)
        if isinstance(d, T):
            s += d.x
        s += a.kind(T(dx, s)) + a.kind(b) + a.kind(dx)
    return s


ta, tb = T(1.0, 2.0), T(0.5, 0.25)
print(sums(ta, tb, 3.0), sums(TT(1.0, 2.0), tb, 3.0), sums(ta, TT(0.5, 0.25), 3.0))
for args in (ta, b, 1.0), (ta, tb, -2000.0), (ta, 1.0, 1.0), (ta, tb, 5):
    try:
        print(sums(*args))
    except (TypeError, AssertionError, AttributeError) as e:
        print(type(e).__name__, e)
first = T
T = TT
print(sums(ta, tb, 3.0), first(1.0, 2.0).kind(ta))
T = (str, int)
try:
    print(first(1.0, 2.0).kind(ta), sums(ta, tb, 3.0))
except TypeError as e:
    print(e)
T = first
isinstance = lambda o, c: True
print(ta.kind(tb))
del isinstance
print(ta.kind(tb), sums(ta, tb, 3.0))
