# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Classes whose __new__ in Python is all that a call of them calls, and what becomes of that: an __init__ or a metaclass's __call__ that
# comes, other instances that it gives, errors in it, and who holds the arguments.
import traceback


class Held:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("died", self.name)


def make(cls, a, b):
    return cls(a, b)


def tell(cls, a=1, b=2):
    try:
        made = make(cls, a, b)
        print(type(made).__name__, made if isinstance(made, (tuple, int, str)) else "")
    except Exception as error:
        print(type(error).__name__, error, [(f.name, f.lineno) for f in traceback.extract_tb(error.__traceback__)][1:])


class Pair(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))


class Below(Pair):
    pass


class Started(Pair):
    def __init__(self, *arguments):
        print("init", type(self).__name__, arguments)


class Number(int):
    def __new__(cls, a, b):
        return int.__new__(cls, a * b)


class Gives(Pair):
    given = "another"

    def __new__(cls, a, b):
        if cls.given == "another":
            return "text"
        if cls.given == "below":
            return Started(a, b)
        if cls.given == "none":
            raise ValueError(cls.given)
        if cls.given == "init":
            cls.__init__ = lambda self, *arguments: print("init that came", arguments)
        return super().__new__(cls, a, b)


class GivesBelow(Pair):
    def __new__(cls, a, b):
        return Pair.__new__(Underneath, a, b)


class Underneath(GivesBelow):
    def __init__(self, a, b):
        print("init of the instance's class", a, b)


class Few(Pair):
    def __new__(cls, a):
        return super().__new__(cls, a, a)


class Default(Pair):
    def __new__(cls, a, b=5, *more):
        return super().__new__(cls, a, b)


class Plain:
    def __new__(cls, a, b):
        return super().__new__(cls)


for _ in range(2):
    for cls in Pair, Below, Started, Number, GivesBelow, Few, Default, Plain:
        tell(cls)
    for given in "another", "below", "none", "self":
        Gives.given = given
        tell(Gives)
Gives.given = "init"
tell(Gives)
tell(Gives)
del Gives.__init__
tell(Below)
Below.__new__ = lambda cls, a, b: "new new"
tell(Below)
del Below.__new__
tell(Below)
Pair.__init__ = lambda self, *arguments: print("init of Pair", arguments)
tell(Pair)
tell(Below)
del Pair.__init__
tell(Below)


class Unmaking(Pair):
    def __new__(cls, a, b):
        made = super().__new__(cls, a, b)
        del cls.__new__
        return made


tell(Unmaking)
try:
    print(make(Unmaking, 3, 4))
except TypeError as error:
    print(error)


class Undone:
    def __new__(cls, a, b):
        del cls.__new__
        return object.__new__(cls)


tell(Undone)


class WithMeta(Pair, metaclass=type("M", (type,), {})):
    pass


tell(WithMeta)
type(WithMeta).__call__ = lambda cls, *arguments: "called"
tell(WithMeta)


class Drops:
    def __new__(cls, a, b):
        a = b = None
        print("nothing died yet")
        return "made"


print(Drops(Held("a"), Held("b")))


class Deep:
    def __new__(cls, n, unused):
        return make(cls, n + 1, unused)


try:
    make(Deep, 0, 0)
except RecursionError as error:
    print(type(error).__name__)
