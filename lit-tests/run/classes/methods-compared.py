# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What classes have under a name, compared by `is` and nothing more: methods of builtin types and of the program's, static and class methods,
# properties, values; while classes change, and when the name is missing.


class Base:
    limit = 5

    def f(self): ...

    @staticmethod
    def s(): ...

    @classmethod
    def c(cls): ...

    @property
    def p(self): ...


class Derived(Base):
    def __repr__(self):
        return "derived"


class OfDict(dict):
    pass


class Meta(type):
    @property
    def limit(cls):
        return "of the metaclass"

    def f(cls): ...


class Metered(metaclass=Meta):
    limit = 1

    def f(self): ...


def inherits(cls):
    return [cls.__repr__ is dict.__repr__, cls.__repr__ is object.__repr__, cls.__repr__ is list.__repr__, cls.__init__ is object.__init__]


def same(a, b):
    return [a.f is b.f, a.s is b.s, a.c is b.c, a.p is b.p, a.limit is b.limit]


for _ in range(3):
    print([inherits(c) for c in (dict, OfDict, Base, Derived, list, int, type, Meta)])
    print(same(Base, Derived), same(Base, Base), same(Derived, Base))
    print(Metered.f is Metered.f, Metered.limit, Metered.__dict__["limit"])
    print(Base.f is Base.__dict__["f"], Base.s is Base.__dict__["s"], Base.p is Base.__dict__["p"])

kept = Base.f
Derived.f = lambda self: 1
print(same(Base, Derived), Derived.f is kept)
del Derived.f
print(same(Base, Derived), Derived.f is kept)
Base.f = None
print(Base.f is None, Derived.f is None, Base.f is kept)
OfDict.__repr__ = Base.__repr__
print(inherits(OfDict))
del OfDict.__repr__
print(inherits(OfDict))


class Other:
    f = kept
    limit = 5.5


Derived.__bases__ = (Other, Base)
print(inherits(Derived), same(Base, Derived), Derived.f is kept)


def missing(cls):
    return cls.update is dict.update


for cls in (OfDict, dict, Base, Metered):
    try:
        print(missing(cls))
    except AttributeError as e:
        print(e, e.name, e.obj is cls)
