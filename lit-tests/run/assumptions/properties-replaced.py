# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Getters and setters done in place, and whatever makes them something else in the middle of a loop.
import traceback
from abc import ABC, abstractmethod

ROUNDS = 60




class Shape(ABC):
    @property
    @abstractmethod
    def area(self):
        ...


class Rect(Shape):
    def __init__(self, w, h):
        self._w = w
        self._h = h
        self._log = 0

    @property
    def area(self):
        return self._w * self._h

    @property
    def width(self):
        return self._w

    @width.setter
    def width(self, w):
        if w < 0:
            raise ValueError("negative width")
        self._w = w
        self._log += 1

    @property
    def wide(self):
        return self._w > self._h

    @property
    def twice(self):
        return self.area + self.width

    def grow(self, by):
        self.width += by


class Square(Rect):
    def __init__(self, side):
        super().__init__(side, side)


class Double(Rect):
    @property
    def area(self):
        return self._w * self._h * 2

    @property
    def wide(self):
        return self._w <= self._h

    @Rect.width.setter
    def width(self, w):
        self._w = w * 2


def total(o, change):
    s = 0.0
    for i in range(ROUNDS):
        if i == ROUNDS // 2:
            change(o)
        s += o.area
    return s


def doubled(o, change):
    s = 0.0
    for i in range(ROUNDS):
        if i == ROUNDS // 2:
            change(o)
        s += o.twice
    return s


def count(o, change):
    n = 0
    for i in range(ROUNDS):
        if i == ROUNDS // 2:
            change(o)
        if o.wide:
            n += 1
    return n


def store(o, change):
    s = 0.0
    for i in range(ROUNDS):
        if i == ROUNDS // 2:
            change(o)
        o.width = i * 0.5
        s += o.width
    return s, o._log


def grow(o, change):
    for i in range(ROUNDS):
        if i == ROUNDS // 2:
            change(o)
        o.grow(0.25)
    return o.width, o._log


LOOPS = [total, doubled, count, store, grow]


def tell(loop, o, change):
    try:
        print(loop.__name__, loop(o, change))
    except Exception as error:
        frames = [(frame.name, frame.lineno, frame.line) for frame in traceback.extract_tb(error.__traceback__)]
        print(loop.__name__, type(error).__name__, error, frames[1:])


def nothing(o):
    pass


def own(o):
    vars(o).update(area="own", width="own", wide="own", twice="own")


def another_class(o):
    o.__class__ = Double


def absent(o):
    del o._h


def other_kind(o):
    o._w = 3


def text(o):
    o._w = "ab"
    o._h = 2


def negative(o):
    o._w = -100.0


def hooked(o):
    def hook(self, name):
        return 1.5
    Rect.__getattr__ = hook


def put(**names):
    def change(o):
        for name, value in names.items():
            setattr(type(o), name, value)
    change.__name__ = "put " + ", ".join(names)
    return change


def remove(*names):
    def change(o):
        for name in names:
            delattr(Rect, name)
    change.__name__ = "remove " + ", ".join(names)
    return change


def set_and_count(self, w):
    self._w = w + 1
    self._log += 100


CHANGES = [
    nothing,
    own,
    another_class,
    absent,
    other_kind,
    text,
    negative,
    hooked,
    put(area=property(lambda self: 7.0), wide=property(lambda self: []), width=property(lambda self: 2.0)),
    put(width=property(lambda self: self._w, set_and_count)),
    put(area=8.0, twice=9.0, width=1.0, wide=False),
    put(area=lambda self: 8.0, wide=lambda self: False),
    put(__getattribute__=lambda self, name: 0.5 if name in ("area", "twice", "width", "wide") else object.__getattribute__(self, name)),
    put(__setattr__=lambda self, name, v: object.__setattr__(self, name, -v if name == "width" else v)),
    remove("area", "wide", "width"),
]

kept = {c: dict(vars(c)) for c in (Rect, Square, Double)}


def restore():
    for c, names in kept.items():
        for name in [name for name in vars(c) if name not in names]:
            delattr(c, name)
        for name, value in names.items():
            if vars(c).get(name) is not value and name not in ("__dict__", "__weakref__"):
                setattr(c, name, value)


for change in CHANGES:
    print("--", change.__name__)
    for loop in LOOPS:
        for make in (lambda: Rect(2.0, 1.5)), (lambda: Square(3.0)):
            tell(loop, make(), change)
            restore()

print("-- overridden below")


class Property(Rect):
    @property
    def area(self):
        return "own area"


class Constant(Rect):
    area = twice = 4.5
    wide = True


class Method(Rect):
    def area(self):
        return 1

    def wide(self):
        return False


class Getter(Rect):
    width = property(lambda self: self._w)


class Setter(Rect):
    @Rect.width.setter
    def width(self, w):
        self._w = w * 2


class Failing(Rect):
    @property
    def area(self):
        raise AttributeError("no area")

    @property
    def wide(self):
        return self.nothing

    def __getattr__(self, name):
        if name == "nothing":
            raise AttributeError(name)
        return 0.125


for loop in LOOPS:
    for cls in Property, Constant, Method, Getter, Setter, Failing:
        tell(loop, cls(2.0, 1.5), nothing)


def mixed(shapes):
    s = 0.0
    for _ in range(20):
        for shape in shapes:
            s += shape.area
            shape.width = shape.width + 0.5
    return s


print(mixed([Rect(1.0, 2.0), Square(2.0), Setter(1.0, 1.0), Failing(1.0, 1.0), Constant(1.0, 1.0)]))


class Held:
    """What dies where a setter replaces it."""

    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("died", self.name, sum(1 for _ in box.__dict__) if "box" in globals() else "")


class Box:
    def __init__(self, content):
        self._content = content

    @property
    def content(self):
        return self._content

    @content.setter
    def content(self, content):
        self._content = content


def exchange(box):
    for i in range(4):
        box.content = Held(i)
        print("stored", box.content.name)


box = Box(Held("first"))
exchange(box)
box.content = None


def deep(o, n):
    s = 0.0
    for _ in range(3):
        s += o.area
    return s if n == 0 else s + deep(o, n - 1)


def depth(o):
    """Whether there is room for the getter's frame."""
    def dig(n):
        for _ in range(2):
            o.area
        return dig(n + 1)
    try:
        dig(0)
    except RecursionError as error:
        return type(error).__name__, traceback.extract_tb(error.__traceback__)[-1].name in ("area", "dig")


print(deep(Rect(1.0, 2.0), 50), depth(Rect(1.0, 2.0)))
try:
    Shape()
except TypeError as error:
    print(error)
