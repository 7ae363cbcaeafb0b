# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Static and class methods through a class, special methods and with statements go straight to functions that take just what
# is given. The same places meet everything else here.
import functools
import gc
import weakref


def outcome(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return type(e).__name__, str(e)


# ---- methods through a class --------------------------------------------------------------------

class Base:
    @classmethod
    def made(cls, a):
        return cls.__name__, a

    @staticmethod
    def plain(a):
        return a + 1

    def unbound(self, a):
        return self, a


class Derived(Base):
    pass


def through_class(cls):
    return cls.made(1), cls.plain(2), outcome(lambda: cls.unbound(3, 4))


def show(*classes):
    for cls in classes:
        print(*through_class(cls))


class Meta(type):
    def made(cls, a):
        return "metaclass", a


class WithMeta(Base, metaclass=Meta):
    pass


for _ in range(3):
    show(Base, Derived, WithMeta)
Derived.made = lambda a: ("function", a)
Base.plain = classmethod(lambda cls, a: (cls.__name__, a))
Base.unbound = staticmethod(lambda a, b: (a, b))
show(Base, Derived, WithMeta)
del Derived.made
Base.made = staticmethod(lambda a: ("static", a))
Base.plain = functools.partial(max, 5)
show(Base, Derived, WithMeta)
Base.made = classmethod(lambda cls, a, b=7: (cls.__name__, a, b))
Base.plain = staticmethod(lambda *a: a)
show(Base, Derived, WithMeta)
Meta.plain = property(lambda cls: lambda a: ("property", a))
show(Base, Derived, WithMeta)
del Base.plain
print(outcome(through_class, Base))


class Vanishing:
    @classmethod
    def go(cls, a):
        del Vanishing.go
        gc.collect()
        return cls.__name__, a


print(Vanishing.go(3), hasattr(Vanishing, "go"))


# ---- special methods ----------------------------------------------------------------------------

class Special:
    def __getitem__(self, key):
        return "item", key

    def __setitem__(self, key, value):
        print("set", key, value)

    def __delitem__(self, key):
        print("del", key)

    def __contains__(self, key):
        return key == 3

    def __len__(self):
        return 4

    def __bool__(self):
        return False

    def __iter__(self):
        return iter("ab")

    def __hash__(self):
        return 11


def use(o):
    def store():
        o[5] = 6
        del o[5]
    print(*(outcome(f) for f in (lambda: o[1], store, lambda: 3 in o, lambda: len(o), lambda: bool(o), lambda: list(o),
                                 lambda: "__hash__" in vars(Special) and hash(o), lambda: [x for x in o])))


class Callable:
    def __init__(self, answer):
        self.answer = answer

    def __call__(self, *args):
        return self.answer


o = Special()
for _ in range(2):
    use(o)
Special.__getitem__ = lambda self, key, extra=9: ("default", key, extra)
Special.__contains__ = lambda *args: len(args) == 2
Special.__len__ = staticmethod(lambda: 8)
Special.__bool__ = classmethod(lambda cls: True)
Special.__iter__ = lambda self: 5
Special.__hash__ = Callable(12)
Special.__setitem__ = lambda *args: print(len(args))
use(o)
Special.__getitem__ = lambda self: None
Special.__contains__ = None
Special.__len__ = Callable(-1)
Special.__bool__ = lambda self: 1
Special.__iter__ = Callable(iter((1, 2)))
Special.__hash__ = lambda self: "no"
use(o)
for name in ("__getitem__", "__contains__", "__len__", "__bool__", "__iter__", "__hash__", "__setitem__", "__delitem__"):
    delattr(Special, name)
    use(o)


class Hashed:
    def __init__(self, answer):
        self.answer = answer

    def __hash__(self):
        return self.answer


for answer in (5, -1, -2, 1 << 62, -(1 << 63), (1 << 63) - 1, 1 << 64, True, 1.5, None):
    print(outcome(hash, Hashed(answer)), outcome(lambda: len({Hashed(answer), Hashed(answer)})))


class Dropped:
    def __getitem__(self, key):
        del Dropped.__getitem__
        gc.collect()
        return self, key

    def __bool__(self):
        del Dropped.__bool__
        gc.collect()
        return self is None


d = Dropped()
print(d[1][1], bool(d), bool(d), outcome(lambda: d[1]))


class Proxied:
    def __iter__(self):
        return 7


target = Proxied()
print(outcome(iter, weakref.proxy(target)), outcome(iter, target), outcome(lambda: [x for x in 5]))


# ---- with ---------------------------------------------------------------------------------------

class Manager:
    def __enter__(self):
        return "entered"

    def __exit__(self, *args):
        print("exit", args)


def enter(m):
    with m as value:
        return value


m = Manager()
for _ in range(2):
    print(outcome(enter, m))
Manager.__enter__ = staticmethod(lambda: "static")
print(outcome(enter, m))
Manager.__enter__ = Callable("callable")
Manager.__exit__ = Callable(None)
print(outcome(enter, m))
m.__enter__ = lambda: "own"
del Manager.__exit__
print(outcome(enter, m))
Manager.__exit__ = lambda self, kind, value, traceback: print("all", kind)
del Manager.__enter__
print(outcome(enter, m))


class Leaving:
    def __enter__(self):
        del Leaving.__enter__, Leaving.__exit__
        gc.collect()

    def __exit__(self, kind, value, traceback):
        print("still called", kind)


with Leaving():
    pass


# ---- objects that are made and freed -----------------------------------------------------------

class Own(ValueError):
    pass


for kind in (ValueError, Own, KeyError, OSError, StopIteration):
    e = kind(1)
    print(kind.__name__, gc.is_tracked(e), e.args, gc.is_tracked((1,)), gc.is_tracked(([],)))
for wrap in (lambda o: (o,), lambda o: (lambda: o), lambda o: ValueError(o), lambda o: Own(o)):
    nested = None
    for _ in range(100000):
        nested = wrap(nested)
    del nested
print("freed")
