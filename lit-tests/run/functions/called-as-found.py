# RUN: krait run -O0 %s 2>&1 | diff %s.out -
# RUN: krait run -O2 %s 2>&1 | diff %s.out -
# RUN: krait-interp %s 2>&1 | diff %s.out -
# Calls of what is found as an attribute and is no function: cached methods, slots' methods, o.__class__(), values of getset
# descriptors and of descriptors whose class is made in Python. What sites know of it ends with any change.
import functools
import sys


def told(call):
    try:
        return call()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


class Cached:
    def __init__(self, n=1):
        self.n = n

    @functools.lru_cache()
    def twice(self, by=1, *, and_=0):
        print("computed", self.n, by, and_)
        return self.n * 2 * by + and_

    @functools.cache
    def raises(self):
        raise ValueError(self.n)

    def copy(self, *args, **kw):
        return self.__class__(*args, **kw)

    def copy0(self):
        return self.__class__()

    def copy1(self, n):
        return self.__class__(n)

    def copy2(self, n):
        return self.__class__(n=n)


class Below(Cached):
    pass


c, below = Cached(), Below(5)
for o in (c, below, c):
    print(o.twice(), o.twice(2), o.twice(by=3), o.twice(2, and_=1), o.twice(*(2,), **{"and_": 1}), told(lambda: o.raises()), told(lambda: o.twice(1, 2)), told(lambda: o.twice(no=1)))
print(Cached.twice(c), Cached.twice.cache_info(), c.twice.cache_info().hits, told(lambda: Cached.twice()))
bound = c.twice
print(bound(), bound.__self__ is c, sys.getrefcount(c))
c.twice = lambda *args: ("own", args)
print(c.twice(), c.twice(2), below.twice())
del c.twice
print(c.twice())
Cached.twice = functools.lru_cache(lambda self: "another")
print(c.twice(), below.twice(), told(lambda: c.twice(1)))
Below.twice = staticmethod(len)
print(c.twice(), below.twice("abc"))
del Below.twice
Cached.twice = functools.partial(lambda *args: args, 1)
print(c.twice(2), below.twice())


def copies(o):
    return [type(made).__name__ for made in (o.copy(), o.copy(3), o.copy(n=4), o.copy0(), o.copy1(2), o.copy2(3))]


class Claims:
    @property
    def __class__(self):
        return Below

    copy, copy0, copy1, copy2 = Cached.copy, Cached.copy0, Cached.copy1, Cached.copy2


class Later(Cached):
    pass


class Hides:
    def __init__(self):
        self.__dict__["__class__"] = int

    copy0 = Cached.copy0


for o in (c, below, Claims(), c, below):
    print(copies(o))
print(type(Hides().copy0()).__name__, type(Hides().copy0()).__name__)
print(copies(Later()))
type.__setattr__(Later, "__doc__", None)
Cached.of_late = 1
print(copies(Later()))
below.__class__ = Cached
print(copies(below))
print(told(lambda: c.copy0(1)), told(lambda: c.__class__(1, 2, 3)), told(lambda: c.__dict__()), told(lambda: c.__dict__.get("n")), told(lambda: c.__class__.nothing()))


def slots(o, other):
    return [told(call) for call in (lambda: o.__len__(), lambda: o.__contains__(other), lambda: o.__eq__(other), lambda: o.__add__(other), lambda: o.__hash__(), lambda: o.__getitem__(0), lambda: o.__len__(1), lambda: o.__eq__(), lambda: o.__repr__(), lambda: o.__init__(), lambda: o.__setattr__("a", 1))]


class Text(str):
    def __len__(self):
        return 99

    def __hash__(self):
        return 7


class Hidden(list):
    def __init__(self):
        super().__init__()
        self.__len__ = lambda: "hidden"


for o, other in (([1], [2]), ((1,), (2,)), (Text("t"), "u"), ({1: 2}, {}), (Hidden(), []), ([3], [4])):
    print([r if not isinstance(r, int) or abs(r) < 10**6 else "a hash" for r in slots(o, other)])

print("descriptors made in Python")


class Field:
    def __init__(self, name):
        self.name = name

    def __get__(self, o, cls=None):
        if o is None:
            return self
        if self.name == "bad":
            raise AttributeError("no " + self.name)
        return o.__dict__.get(self.name, self.name), cls.__name__

    def __set__(self, o, v):
        o.__dict__[self.name] = v


class Loose:
    def __get__(self, o, cls):
        return "loose"


class Row:
    a = Field("a")
    bad = Field("bad")
    loose = Loose()

    def __getattr__(self, name):
        return "by the class", name


class Narrow(Row):
    pass


class Strict:
    bad = Field("bad")


def reads(o):
    return o.a, o.bad, o.loose


def read_bad(o):
    return o.bad


row, narrow = Row(), Narrow()
for _ in range(3):
    print(reads(row), reads(narrow))
row.a, row.__dict__["loose"] = 3, "own"
print(reads(row), reads(narrow), type(Row.a).__name__)
for _ in range(2):
    try:
        read_bad(Strict())
    except AttributeError as e:
        print(e, e.name, type(e.obj).__name__, e.__traceback__.tb_next.tb_next.tb_frame.f_code.co_name)
Field.__get__ = lambda self, o, cls: ("changed", self.name)
print(reads(row), reads(narrow))
Field.__get__ = lambda self, *rest: ("gathers", len(rest))
print(reads(row), reads(narrow))
Field.__get__ = staticmethod(lambda *rest: ("static", len(rest)))
print(reads(row))
del Field.__get__
print(type(row.a) is Field or row.a, told(lambda: type(narrow.a).__name__))
Row.a = 5
print(row.a, narrow.a)


class Gone:
    def __get__(self, o, cls):
        if "x" in vars(Holder):
            del Holder.x
        return sys.getrefcount(self) > 1

    def __del__(self):
        print("gone")


class Holder:
    x = Gone()


print(Holder().x)


class Deep:
    def __get__(self, o, cls):
        o.depth += 1
        return o.x


class Deeper:
    x = Deep()
    depth = 0


deep = Deeper()
print(told(lambda: deep.x), deep.depth)
