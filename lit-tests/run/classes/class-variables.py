# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Attributes of classes that are stored again and again: what sites know of the class stays, and what they read is what is there now.
import gc


class Counter:
    count = 0
    label = "none"
    items = None

    def __init__(self):
        Counter.count += 1

    def read(self):
        return self.count, self.label, self.items

    @classmethod
    def bump(cls, by):
        cls.count += by
        return cls.count


class Sub(Counter):
    pass


class Own(Counter):
    count = 0  # its own, which the base's does not change


def show(*objects):
    print([(o.count, o.label) for o in objects], [type(o).count for o in objects])


a, b, c = Counter(), Sub(), Own()
for n in range(6):
    Counter.label = "n%d" % n
    Counter.items = [n]
    Counter.bump(10)
    show(a, b, c)
    print(a.read(), b.read(), c.read(), Sub.count, Own.count)

# A subclass that stores gets an attribute of its own.
for n in range(4):
    Sub.bump(1)
    show(a, b, c)
del Sub.count
show(a, b, c)
Own.bump(5)
Own.bump(5)
Own.bump(5)
show(a, b, c)
del Own.count
show(a, b, c)

# An instance that has its own.
a.count = "own"
for n in range(3):
    Counter.count = n
    show(a, b, c)
del a.count
show(a, b, c)
vars(b)["count"] = "in the dict"
show(a, b, c)
Counter.count += 1
show(a, b, c)


# What was a plain value becomes a function, a property, an object with __get__; and back.
def method(self):
    return "called", type(self).__name__


class Descriptor:
    def __init__(self, text):
        self.text = text

    def __get__(self, o, t):
        return self.text, o is None


class Later:
    def __repr__(self):
        return "later"


def ask(o):
    v = o.label
    return v() if callable(v) and not isinstance(v, type) else v


for value in (1, 2, 3, method, "text", property(lambda self: "property"), 4, Descriptor("described"), Later(), 5.5, None, staticmethod(lambda: "static"),
              classmethod(lambda cls: cls.__name__), 10 ** 30, int, len, 7):
    Counter.label = value
    for o in (a, c):
        try:
            print(ask(o), end=" ")
        except TypeError as e:
            print(type(e).__name__, end=" ")
    print(type(Counter.label).__name__, getattr(Sub, "label") is Counter.label or type(Sub.label).__name__)

# Its class becomes a descriptor while it is stored.
for n in range(3):
    Counter.label = Later()
print(type(a.label).__name__, type(Counter.label).__name__)
Later.__get__ = lambda self, o, t: ("got", o is None)
print(a.label, Counter.label)
Counter.label = 1
print(a.label, Counter.label)
Counter.label = Later()
print(a.label, Counter.label)
del Later.__get__
print(type(a.label).__name__, type(Counter.label).__name__)

# Deleted, and back.
for n in range(3):
    Counter.items = n
del Counter.items
for o in (a, Counter):
    try:
        print(o.items)
    except AttributeError as e:
        print(e)
Counter.items = "back"
print(a.items, Counter.items, hasattr(b, "items"), getattr(Own, "items", None))
Counter.items = "again"
print(a.items, Counter.items, hasattr(b, "items"), getattr(Own, "items", None))


# What is called.
class Runner:
    action = int

    def run(self):
        return self.action("7"), type(self).action("8"), Runner.action("9")


for action in (int, str, float, lambda *a: len(a), int, str, Runner.run, float):
    Runner.action = action
    try:
        print(Runner().run())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)


# Finalisers see the new value, and may store themselves.
class Noisy:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("gone", self.n, Holder.value if not isinstance(Holder.value, Noisy) else Holder.value.n)


class Holder:
    value = None


for n in range(4):
    Holder.value = Noisy(n)
Holder.value = None


class Chained:
    last = None

    def __init__(self, n):
        self.n = n

    def __del__(self):
        if self.n:
            Chained.last = self.n - 1
        print("end", self.n)


Chained.last = 1
Chained.last = 2
for n in (5, 6):
    Chained.last = Chained(n)
Chained.last = "over"
print(Chained.last)
Chained.last = "over"
print(Chained.last)


# A cycle through a class's variable is found.
def make():
    class Local:
        first = None

    for n in range(3):
        Local.first = Local()
    return Local.__name__


import weakref


def make_seen():
    class Local:
        first = None

    for n in range(3):
        Local.first = [Local]
    return weakref.ref(Local)


make()
seen = make_seen()
gc.collect()
print(seen())


# Metaclasses: a setter of their own, a data descriptor, __setattr__.
class Meta(type):
    @property
    def level(cls):
        return cls._level

    @level.setter
    def level(cls, v):
        cls._level = v * 2

    def __setattr__(cls, name, v):
        if name == "watched":
            print("stored", v)
        super().__setattr__(name, v)


class Made(metaclass=Meta):
    _level = 0
    watched = 0


for n in range(4):
    Made.level = n
    Made.watched = n
    print(Made.level, Made._level, Made.watched, Made().watched)


# Bases that change, and a variable that is found behind another class.
class Left:
    where = "left"


class Right:
    where = "right"


class Both(Left, Right):
    pass


both = Both()
for n in range(3):
    Right.where = "right%d" % n
    Left.where = "left%d" % n
    print(both.where, Both.where)
del Left.where
print(both.where, Both.where)
Right.where = "last"
print(both.where, Both.where)
Both.__bases__ = (Right, Left)
Left.where = "left again"
print(both.where, Both.where)
Both.__bases__ = (Left, Right)
print(both.where, Both.where)
Left.where = "x"
Left.where = "y"
print(both.where, Both.where)


# Slots beside class attributes of the same name.
class Slotted:
    size = 0

    def grow(self):
        self.size += 1
        return self.size


s, t = Slotted(), Slotted()
for n in range(4):
    Slotted.size = n * 100
    print(s.grow(), t.size, Slotted.size)


# Identity and large numbers; a match on a class attribute; many of them.
class Many:
    pass


for n in range(30):
    setattr(Many, "v%d" % n, 0)
for round in range(4):
    for n in range(30):
        setattr(Many, "v%d" % n, getattr(Many, "v%d" % n) + n ** 20)
m = Many()
print(sum(getattr(m, "v%d" % n) for n in range(30)), m.v29 is Many.v29)


class Config:
    mode = 0


def which(x):
    match x:
        case Config.mode:
            return "mode"
        case _:
            return "other"


for n in range(4):
    Config.mode = n
    print(which(n), which(n - 1))
