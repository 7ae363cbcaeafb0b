# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A method whose arguments are expressions is looked up before they are evaluated, and called afterwards: of builtin types,
# modules and classes, also where an argument changes what the name means.
import math


def append_many(n):
    r = []
    for i in range(n):
        r.append(i * 2)
        r.append(str(i) + "!")
    return r


print(append_many(3))


class Borrower:
    append = list.append
    upper = str.upper
    plain = len


def borrow(o, name):
    for i in range(3):
        try:
            if name == "append":
                o.append(i + 1)
            else:
                o.upper(*[i] * 0)
        except TypeError as e:
            print(type(e).__name__, e)


borrow(Borrower(), "append")
borrow(Borrower(), "upper")
try:
    Borrower().plain(1 + 1)
except TypeError as e:
    print(e)


class Stack(list):
    pass


class Loud(list):
    def append(self, x):
        print("loud", x)
        super().append(x + 1)


def fill(target):
    for i in range(2):
        target.append(i + 10)
    return target


print(fill([]), fill(Stack()), fill(Loud()))

s = Stack()
s.append = lambda x: print("own", x)
print(fill(s))


def change_class(o, cls):
    def swap():
        cls.m = lambda self, x: ("new", x)
        return 1
    return o.m(swap() + 1), o.m(swap() + 2)


class C:
    def m(self, x):
        return "old", x


print(change_class(C(), C))


class Slots:
    __slots__ = ("f",)


def own_function(o):
    return [o.f(i + 1) for i in range(2)]


slots = Slots()
slots.f = lambda x: x * 100
print(own_function(slots))
slots.f = [].append
print(own_function(slots))
slots.f = math.sqrt
print(own_function(slots))


def module_function(values):
    return [round(math.sqrt(v + 1.0), 3) for v in values]


print(module_function([3.0, 8.0, 14.0]))
real = math.sqrt


def replace():
    math.sqrt = lambda x: "replaced"
    return 15.0


print(math.sqrt(replace() + 1), math.sqrt(15.0 + 1))
math.sqrt = real


def wrong_counts(d, r, t):
    for call in (lambda: r.append(t + 1, t + 2), lambda: d.get(t + 1, t + 2, t + 3), lambda: d.get(*[]), lambda: r.insert(t + 1),
                 lambda: d.items(t + 1), lambda: "x".join(t + 1), lambda: r.nothing(t + 1), lambda: (t + 1).foo(t + 2),
                 lambda: "a".find("a" + "b", t + 0, t + 9, t + 9), lambda: {1}.add(t + 1, t + 1)):
        try:
            print(call())
        except (TypeError, AttributeError) as e:
            print(type(e).__name__, e)


wrong_counts({}, [], 1)


class Dies:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)

    def __eq__(self, other):
        return False

    __hash__ = object.__hash__


def deaths():
    r = [Dies("a")]
    r.pop(0 * len(r))
    print("popped")
    print(r.count(Dies("b" + "c")))
    {}.setdefault("k" + "l", Dies("d"))
    print("set")
    try:
        [].index(Dies("e" + "f"))
    except ValueError as e:
        print("ValueError")


deaths()


def fail():
    raise KeyError("argument")


def failing(o):
    try:
        o.append(fail() + 1)
    except KeyError as e:
        print("KeyError", e)
    try:
        o.missing(fail() + 1)
    except AttributeError as e:
        print("AttributeError first", e)


failing([])
failing(Stack())


def receivers(objects):
    out = []
    for o in objects:
        out.append(o.count(o[0] * 1))
    return out


print(receivers([[1, 1, 2], (3, 3), "abca", Stack([7]), range(5, 6)]))


def generator(r):
    while True:
        r.append((yield) + 1)


r = []
g = generator(r)
next(g)
g.send(1)
g.send(2)
g.close()
print(r)
