# RUN: krait run -O0 %s 2>&1 | diff %s.out -
# RUN: krait run -O2 %s 2>&1 | diff %s.out -
# RUN: krait-interp %s 2>&1 | diff %s.out -
# object.__setattr__(o, name, v), as frozen dataclasses set their fields: descriptors, slots and errors are those of any other way.
from dataclasses import FrozenInstanceError, dataclass, field, replace


def told(call):
    try:
        return call()
    except (TypeError, AttributeError) as e:
        return f"{type(e).__name__}: {e}"


@dataclass(frozen=True)
class Point:
    x: int
    y: int = 2
    z: list = field(default_factory=list)

    def move(self, by):
        return replace(self, x=self.x + by)


@dataclass(frozen=True, slots=True)
class Slotted:
    x: int
    y: int = 2


@dataclass(frozen=True)
class Below(Point):
    w: int = 4


class Other:
    y = 5

    @property
    def x(self):
        return "property"

    @x.setter
    def x(self, v):
        print("set", v)

    @property
    def read(self):
        return 1

    def __setattr__(self, name, v):
        print("own", name, v)


class Bare:
    __slots__ = ("a",)


class Error(Exception):
    pass


class Meta(type):
    pass


class Class(metaclass=Meta):
    pass


class Name(str):
    pass


def put(o, name, v):
    return object.__setattr__(o, name, v)


for _ in range(2):
    print(Point(1), Point(1, z=[3]).move(4), Slotted(1), Below(1, w=7), hash(Slotted(1)) == hash(Slotted(1)), told(lambda: Point()), told(lambda: Point(1, 2, 3, 4)))
    p, o, bare, error = Point(1), Other(), Bare(), Error()
    for target in (p, Slotted(1), Below(1)):
        try:
            target.x = 3
        except FrozenInstanceError as e:
            print(e)
    print(put(p, "x", 10), put(p, "new", 11), put(p, Name("named"), 12), p, vars(p))
    print(put(o, "x", 1), told(lambda: put(o, "read", 1)), put(o, "y", 6), o.y, vars(o))
    print(put(bare, "a", 1), bare.a, told(lambda: put(bare, "b", 1)), put(error, "a", 1), vars(error))
    print(told(lambda: put(3, "a", 1)), told(lambda: put("a", "a", 1)), told(lambda: put(None, "a", 1)), told(lambda: put(Class, "a", 1)), told(lambda: put(int, "a", 1)), told(lambda: put([], "a", 1)))
    print(told(lambda: put(o, 3, 1)), told(lambda: object.__setattr__(o, "a")), told(lambda: object.__setattr__(o)), told(lambda: object.__setattr__(o, "a", 1, 2)), told(lambda: object.__setattr__()))
    print(told(lambda: type.__setattr__(p, "a", 1)), told(lambda: type.__setattr__(Class, "a", _)), Class.a, told(lambda: Exception.__setattr__(error, "b", 2)), told(lambda: Exception.__setattr__(p, "b", 2)))
    print(told(lambda: object.__delattr__(p, "new")), told(lambda: object.__delattr__(p, "new")), put(p, "__class__", Below), type(p).__name__, told(lambda: put(p, "__dict__", 3)), told(lambda: put(p, "__dict__", {"x": 1})), vars(p))


class Changing:
    pass


def puts(o, n):
    for i in range(n):
        if i == 2:
            Changing.a = property(lambda self: "got", lambda self, v: print("set", v))
        if i == 4:
            Changing.a = 7
        if i == 6:
            del Changing.a
        object.__setattr__(o, "a", i)
        print(i, o.a, vars(o))


puts(Changing(), 8)
