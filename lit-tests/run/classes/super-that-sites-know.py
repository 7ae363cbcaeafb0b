# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What super() finds that is no method of an instance in Python: a builtin type's methods and __new__, static and class methods,
# plain values that are called. Sites remember it; whatever changes along the MRO is seen at once.


def tell(call, *arguments):
    try:
        print(call(*arguments))
    except Exception as error:
        print(type(error).__name__, error)


class Position(tuple):
    def __new__(cls, x, y):
        return super().__new__(cls, (x, y))

    def index(self, v):
        return super().index(v)

    def count(self, *arguments):
        return super().count(*arguments)


class Below(Position):
    pass


def positions():
    for cls in Position, Below, Position:
        p = cls(1, 2)
        print(type(p).__name__, p, p.index(2))
        tell(p.index, 5)
        tell(p.count, 1)
        tell(p.count)


for _ in range(2):
    positions()


class Default(dict):
    def get(self, key):
        return super().get(key, "nothing")

    def update(self, *arguments):
        super().update(*arguments)
        return self

    def __getitem__(self, key):
        return super().__getitem__(key)

    def popitem(self, last=None):
        return super().popitem() if last is None else super().popitem(last)


def dicts():
    d = Default().update({"a": 1}, )
    print(d.get("a"), d.get("b"), d["a"])
    tell(d.update, 1, 2)
    tell(lambda: d["c"])
    tell(d.popitem, 1)
    print(d.popitem())
    tell(d.popitem)


for _ in range(2):
    dicts()


class Base:
    registry = ["base"]

    @staticmethod
    def fixed(a):
        return "fixed", a

    @classmethod
    def made(cls, a):
        return cls.__name__, a

    def method(self):
        return "method of", self

    callback = len
    kind = dict


class Middle(Base):
    pass


class Leaf(Middle):
    def both(self, a):
        return super().fixed(a), super().made(a), super().callback([1, 2]), super().kind(a=a)

    @staticmethod
    def fixed(a):
        return "hidden", a

    @classmethod
    def made(cls, a):
        return super().made(a), super().fixed(a), super().method(a), super().kind(b=a)


class Further(Leaf):
    pass


def members():
    for o in Leaf(), Further():
        tell(o.both, 1)
        tell(type(o).made, 2)


for _ in range(2):
    members()
print("the classes change")
Middle.fixed = staticmethod(lambda a: ("another", a))
members()
Middle.made = classmethod(lambda cls, a: ("another", cls.__name__, a))
members()
Middle.made = lambda *all: ("function", len(all))
members()
Middle.callback = lambda self, a: ("bound", type(self).__name__, a)
members()
Middle.callback = staticmethod(print)
members()
Middle.kind = property(lambda self: lambda **names: ("property", names))
members()
del Middle.kind, Middle.made, Middle.fixed, Middle.callback
members()
Base.fixed = 5
members()
del Base.fixed
members()


class Beside(Base):
    def fixed(self, a):
        return "beside", type(self).__name__, a


Further.__bases__ = Leaf, Beside
members()
Middle.__bases__ = (Beside,)
members()


class Meta(type):
    def __call__(cls, *arguments):
        made = super().__call__(*arguments)
        made.by = cls.__name__
        return made

    def mro(cls):
        return super().mro()

    def __new__(meta, name, bases, names):
        return super().__new__(meta, name, bases, names)


def classes():
    for n in range(2):
        cls = Meta("C%d" % n, (), {})
        print(cls().by, cls.mro()[0] is cls)
        tell(cls, 1)


for _ in range(2):
    classes()


class Borrowing:
    append = list.append
    by_name = str.upper


class Borrower(Borrowing):
    def append(self, v):
        return super().append(v)

    def by_name(self):
        return super().by_name()


for _ in range(2):
    tell(Borrower().append, 1)
    tell(Borrower().by_name)


class Moving(Position):
    def where(self):
        return super().index(self[0])


class Other(Base):
    def method(self):
        return super().method()[0]


for _ in range(2):
    print(Moving(3, 4).where(), Other().method())
o = Other()
o.__class__ = Further
tell(Other.method, o)
tell(o.both, 3)
