# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Attributes that __new__ and class methods give to what they made, and dicts of instances that die with them.
import gc
import weakref


class Point:
    def __new__(cls, x, *rest):
        self = object.__new__(cls)
        self.y = rest
        self.x = x
        return self

    @classmethod
    def other(cls, x):
        made = cls(x)
        made.kind = "other"
        return made

    @classmethod
    def bare(cls):
        made = cls.__new__(cls, 0)
        made.extra = made
        return made


class Sub(Point):
    def __new__(cls, x, z):
        self = super().__new__(cls, x, z)
        self.z = z
        del self.y
        self.y = "again"
        return self


class Number(int):
    def __new__(cls, value, unit):
        self = super(Number, cls).__new__(cls, value)
        self.unit = unit
        return self


class Meta(type):
    def __new__(mcs, name, bases, space):
        made = super().__new__(mcs, name, bases, space)
        made.registered = name
        return made


class Made(metaclass=Meta):
    pass


class Slotted:
    __slots__ = ("a",)

    def __new__(cls):
        self = object.__new__(cls)
        self.a = 1
        try:
            self.b = 2
        except AttributeError as e:
            print(e)
        return self


print(vars(Point(1, 2)), vars(Point.other(3)), vars(Sub(4, 5)))
print(list(vars(Point.bare())), Number(5, "m") + 1, vars(Number(5, "m")), Made.registered, "registered" in vars(Meta), Slotted().a)
p = Point.other(1)
p.__dict__["x"] = 7
p.__dict__["w"] = 8
print(p.x, p.w, vars(p), hasattr(p, "kind"))
p.__dict__.clear()
print(vars(p), hasattr(p, "x"))


class Says:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("-", self.name, end=" ")


class Holder:
    def __init__(self, *names):
        self.b = Says(names[0])
        self.a = Says(names[1])
        self.c = Says(names[2])


for look in (lambda h: None, lambda h: h.__dict__, lambda h: vars(h).update(d=Says("d"), a=Says("A"))):
    h = Holder(1, 2, 3)
    look(h)
    print("dies", end=" ")
    del h
    print()
h = Holder(1, 2, 3)
kept = h.__dict__
del h
print(sorted(kept))
kept.clear()
print()


class Again:
    """Comes back while it dies, with its dict."""
    saved = []

    def __init__(self):
        self.value = Says("value")
        self.me = weakref.ref(self)
        self.__dict__["added"] = Says("added")

    def __del__(self):
        Again.saved.append(self)


Again()
again = Again.saved.pop()
print(sorted(vars(again)), again.value.name)
del again
print(len(Again.saved))
Again.saved.clear()
gc.collect()


class Link:
    def __init__(self, next):
        self.next = next
        self.__dict__


chain = None
for _ in range(200000):
    chain = Link(chain)
del chain
print("freed")
