# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# Where a class pattern found its attributes is remembered: everything that makes it untrue, while the loop runs.
class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Named:
    __match_args__ = ("name", "size")

    def __init__(self, name, size):
        for key, value in zip(self.__match_args__, (name, size)):
            setattr(self, key, value)


class Sub(Point):
    pass


class Asking(type):
    def __instancecheck__(cls, o):
        return getattr(o, "x", None) == 3


class Asked(metaclass=Asking):
    __match_args__ = ("x",)


def look(o):
    match o:
        case Asked(3):
            return "asked"
        case Point(0, y):
            return ("zero", y)
        case Point(x, y=z) if x == z:
            return ("same", x)
        case Point(x, y):
            return ("point", x, y)
        case Point(x):
            return ("half", x)
        case Point():
            return "empty"
        case Named(n, s):
            return ("named", n, s)
        case Named(size=s):
            return ("sized", s)
        case int(v) | str(v):
            return ("plain", v)
        case float():
            return "float"
        case _:
            return "other"


def errors(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


points = [Point(0, 1), Point(2, 2), Point(4, 5), Sub(6, 7), Named("a", 1), 8, "s", 1.5, None, [1], Point(3, 0), True]
for step in range(12):
    print(step, [errors(look, p) for p in points])
    if step == 1:
        del points[2].y
    elif step == 2:
        points[2].__dict__.clear()
    elif step == 3:
        Point.__match_args__ = ("y", "x")
    elif step == 4:
        Point.__match_args__ = ["x", "y"]
    elif step == 5:
        Point.__match_args__ = ("x", "x")
    elif step == 6:
        Point.__match_args__ = ("x",)
        Named.__match_args__ = ("size", "name")
    elif step == 7:
        Point.__match_args__ = ("x", 1)
    elif step == 8:
        Point.__match_args__ = ("x", "y")
        Point.y = property(lambda self: self.x * 10)
        del points[4].name
    elif step == 9:
        Sub.__match_args__ = ("y", "x")
        points[3].__class__ = Point
    elif step == 10:
        Point = 5


class Slots:
    __slots__ = ("a", "b")
    __match_args__ = ("a", "b")


def slots(o):
    match o:
        case Slots(a, b):
            return a, b
        case Slots(a):
            return a
        case Slots(b=b):
            return b


s = Slots()
for name in ("", "b", "a", "c"):
    if name == "c":
        del s.a
    elif name:
        setattr(s, name, name.upper())
    print([slots(s) for _ in range(3)])


class Loud:
    __match_args__ = ("first", "second")

    def __getattr__(self, name):
        print("asked for", name)
        if name == "second":
            raise AttributeError(name)
        return name


class Broken:
    __match_args__ = ("a",)

    @property
    def a(self):
        raise KeyError("no")


def loud(o):
    match o:
        case Loud(a, b):
            return a, b
        case Loud(first=f, third=t):
            return f, t
        case Broken(a):
            return a


print([errors(loud, o) for o in (Loud(), Loud(), Broken(), Broken())])


class Dies:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)


class Holder:
    __match_args__ = ("held", "missing")


def hold(h):
    match h:
        case Holder(a, b):
            return "both"
        case Holder(a):
            a = None
            return "one"


for i in range(3):
    h = Holder()
    h.held = Dies(i)
    print(hold(h))
    h = None
