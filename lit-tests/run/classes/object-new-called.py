# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# object.__new__(cls) at one place, of classes of many kinds: plain ones, with slots, derived from builtin types, abstract, with a
# metaclass, with a destructor; of what is no class; and after object's name means something else.
import abc
import sys


class Plain:
    pass


class Slots:
    __slots__ = ("a", "b")


class Derived(Slots):
    def __init__(self, a):
        self.a = a


class Both(Slots):
    pass


class OfInt(int):
    pass


class OfDict(dict):
    pass


class Broken(Exception):
    pass


class Abstract(abc.ABC):
    @abc.abstractmethod
    def f(self): ...


class Meta(type):
    def __call__(cls):
        return "called"


class Metered(metaclass=Meta):
    pass


class Ended:
    def __del__(self):
        print("ended", type(self).__name__)


class OwnNew:
    def __new__(cls):
        return "own"


def make(cls):
    return object.__new__(cls)


def show(cls):
    for _ in range(3):
        try:
            made = make(cls)
        except TypeError as e:
            print(type(e).__name__, e)
            assert e.__traceback__.tb_next.tb_next is None
        else:
            print(type(made).__name__, type(made) is cls, hasattr(made, "__dict__"), hasattr(made, "a"))


for cls in (Plain, Slots, Derived, Both, OfInt, OfDict, Broken, Abstract, Metered, OwnNew, object, int, dict, type, Meta, 3, None, Plain()):
    show(cls)
show(Ended)
del show

before = sys.getrefcount(Plain)
kept = [make(Plain) for _ in range(10)]
print(sys.getrefcount(Plain) - before)
del kept
print(sys.getrefcount(Plain) - before)


class Local:
    pass


made = make(Local)
made.x = 1
print(vars(made), Local.__name__)


def plain():
    return object.__new__()


def more(cls):
    return object.__new__(cls, 1)


for f, args in ((plain, ()), (more, (Plain,)), (more, (Derived,)), (more, (OwnNew,))):
    try:
        print(type(f(*args)).__name__)
    except TypeError as e:
        print(e)


class object:
    def __new__(cls):
        return "another"


print(make(Plain), make(Local))
del object
print(type(make(Plain)).__name__)


