# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Sites that meet several classes in turn, and what must make them forget: classes, bases and instances changed
# between two visits, by every route.
import gc


def area(o):
    return o.area()


def size(o):
    return o.size


def store(o, v):
    o.size = v
    return o.size


class Shape:
    def __init__(self, size):
        self.size = size

    def area(self):
        return "shape", self.size


class Square(Shape):
    def area(self):
        return "square", self.size * self.size


class Cube(Square):
    pass


class Slotted:
    __slots__ = ("size",)

    def __init__(self, size):
        self.size = size

    def area(self):
        return "slotted", self.size


class Computed:
    @property
    def size(self):
        return "computed"

    @size.setter
    def size(self, v):
        print("set", v)

    def area(self):
        return "computed"


class Late:
    pass


everything = [Shape(1), Square(2), Cube(3), Slotted(4), Computed()]


def show(title):
    print(title)
    for _ in range(3):
        print(*(area(o) for o in everything))
        print(*(size(o) for o in everything))
    print(*(store(o, n) for n, o in enumerate(everything)))


show("at first")
Square.area = lambda self: ("new square", self.size)
show("a base's method replaced")
Cube.area = lambda self: "cube"
show("a method added below")
del Cube.area
show("and taken away")
everything[0].area = lambda: "own"
show("hidden by the instance")
del everything[0].area
vars(everything[1])["area"] = lambda: "through vars"
show("hidden through the dict")
everything[1].__dict__ = {"size": "new dict"}
show("a dict assigned")
everything[2].__class__ = Late
try:
    show("__class__ assigned")
except AttributeError as e:
    print(e)
everything[2].__class__ = Square
show("and back to a base")
Shape.size = property(lambda self: "shape's property", lambda self, v: print("property gets", v))
show("a property over the slot")
del Shape.size
show("and gone")
Cube.__bases__ = (Shape,)
everything[2] = Cube(7)
show("bases assigned")


class Asked(Shape):
    def __getattribute__(self, name):
        print("asked for", name)
        return super().__getattribute__(name)


everything.append(Asked(5))
show("__getattribute__")
del Asked.__getattribute__
show("none any more")
Asked.__getattr__ = lambda self, name: "missing " + name
del everything[-1].size
print(size(everything[-1]), area(everything[-1]))


# Builtin receivers among others, and classes derived from builtin ones.
class Words(list):
    def append(self, v):
        super().append((v, v))


class Plain(list):
    pass


class Fake:
    def append(self, v):
        print("fake", v)

    def __len__(self):
        return 77


def add(o, v):
    o.append(v)
    return len(o)


receivers = [[], Words(), bytearray(), Plain(), Fake()]
for n in range(3):
    print(*(add(o, n) for o in receivers))
print(receivers[:4])
Plain.append = lambda self, v: None
for n in range(2):
    print(*(add(o, n) for o in receivers))
for wrong in (lambda: [].append(), lambda: [].append(1, 2), lambda: add((), 1), lambda: [].append(object=1)):
    try:
        wrong()
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)


# Classes and modules as receivers.
class Meta(type):
    def make(cls):
        return "made by Meta", cls.__name__


class A(metaclass=Meta):
    @classmethod
    def name(cls):
        return cls.__name__

    @staticmethod
    def plain():
        return "A.plain"


class B(A):
    @staticmethod
    def plain():
        return "B.plain"


def ask(c):
    return c.make(), c.name(), c.plain()


for _ in range(3):
    print(*map(ask, (A, B)))
A.plain = staticmethod(lambda: "changed")
del B.plain
Meta.make = lambda cls: "remade"
for _ in range(2):
    print(*map(ask, (A, B)))


# A site remembers a class that has died, and cannot remember the next one.
def read(o):
    return o.value


def write(o, v):
    o.value = v


class Watched:
    def __getattribute__(self, name):
        return "watched " + name

    def __setattr__(self, name, v):
        print("watched set", name, v)


def visit_short_lived():
    class Short:
        def __init__(self):
            self.value = 1

    short = Short()
    write(short, 2)
    return read(short)


print(visit_short_lived())
gc.collect()
filler = [bytearray(b"\xff") * n for n in range(256, 4096, 8) for _ in range(8)]
print(read(Watched()))
write(Watched(), 3)


# Attributes that classes have from their metaclass, through one site.
class Meta(type):
    @property
    def label(cls):
        return "label of " + cls.__name__


class Labelled(metaclass=Meta):
    pass


class Plain:
    label = "own"


def describe(cls):
    try:
        return cls.__name__, cls.__module__, len(cls.__mro__), cls.label, cls.__base__.__name__
    except AttributeError as e:
        return cls.__name__, str(e)


for change in (
    lambda: None,
    lambda: setattr(Labelled, "__name__", "Renamed"),
    lambda: setattr(Plain, "label", "changed"),
    lambda: setattr(Meta, "label", property(lambda cls: "new label")),
    lambda: delattr(Meta, "label"),
    lambda: setattr(Labelled, "label", "at last"),
    lambda: setattr(Plain, "__module__", "elsewhere"),
):
    change()
    print(*[describe(c) for c in (Labelled, Plain, int, Labelled, Plain)])
