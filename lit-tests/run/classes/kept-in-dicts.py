# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Descriptors that compute an attribute once and keep it in the instance's dict: sites that have found it there meet instances that do not
# have it yet, or no more, descriptors that fail, change their class or are gone, and dicts that are filled by key.
import functools


class kept:
    def __init__(self, function):
        self.function, self.name = function, function.__name__

    def __get__(self, instance, owner):
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.function(instance)
        return value


class Shape:
    def __init__(self, side):
        self.side = side
        self.corner = 0

    @kept
    def area(self):
        print("area of", self.side)
        return self.side ** 2

    @functools.cached_property
    def double(self):
        print("double of", self.side)
        return self.side * 2

    @kept
    def failing(self):
        if self.side % 2:
            raise AttributeError(f"no failing of {self.side}")
        return "even"

    @kept
    def dying(self):
        value = "dying", len(type(self).__mro__)
        if "dying" in vars(Shape):
            del Shape.dying
        return value


class Asking(Shape):
    def __getattr__(self, name):
        return "asked for " + name


class Constant(Shape):
    area = "constant"


class Deleted:
    def __del__(self):
        print("deleted")


def areas(*shapes):
    return [s.area + s.area for s in shapes]


def fails(s):
    try:
        return s.failing
    except AttributeError as e:
        return f"{e} {e.name} {e.obj is s}"


def optional(s):
    return getattr(s, "failing", "nothing"), hasattr(s, "area"), hasattr(s, "neither")


def once():
    shapes = [Shape(n) for n in range(3)]
    print(areas(*shapes), areas(*shapes))
    del shapes[1].area
    shapes[2].__dict__["area"] = 50
    print(areas(*shapes, Constant(3), Shape(4)))
    print([s.double for s in (*shapes, Asking(7))], vars(shapes[0]), vars(shapes[2]))
    print([fails(Shape(n)) for n in (2, 3, 4, 5)])
    print([fails(Asking(n)) for n in (2, 3, 4, 5)])
    print([optional(c(n)) for n in (2, 3) for c in (Shape, Asking, Constant)])


def changes():
    print([d(Shape(1)) for _ in range(2) for d in (lambda s: s.area, lambda s: vars(s))])
    print([s.dying if hasattr(s, "dying") else "gone" for s in (Shape(1), Shape(2), Shape(3))])
    site = lambda s: s.area
    print(site(Shape(2)), site(Shape(3)))
    Shape.area = "plain"
    print(site(Shape(2)), site(Constant(2)))
    Shape.area = lambda self: ("a method of", self.side)
    print(site(Shape(2))(), site(Asking(6))())
    Shape.area = property(lambda self: "a property")
    s = Shape(2)
    vars(s)["area"] = "hidden"
    print(site(s), site(Shape(3)))
    del Shape.area
    print(site(s), site(Asking(1)))
    try:
        site(Shape(9))
    except AttributeError as e:
        print(e)


def deaths():
    class Holder:
        @kept
        def value(self):
            return Deleted()

    def look(h):
        return h.value is h.value

    for n in range(3):
        print(n, look(Holder()))


def by_key():
    names = ["side", "corner", "area", "other", "".join(["si", "de"]), "".join(["an", "other"])]
    s = Shape.__new__(Shape)
    for n, name in enumerate(names):
        s.__dict__[name] = n
    print(s.side, s.corner, s.other, s.another, vars(s))
    t = Shape.__new__(Shape)
    vars(t).update({"".join(["cor", "ner"]): 1, "".join(["z", "z"]): 2})
    print(t.corner, t.zz, vars(t))
    t.side = 3
    del t.corner
    print(vars(t), hasattr(t, "corner"))


once()
by_key()
deaths()
changes()
