# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A site that meets several classes asks what all sites know: that goes stale when a class, a base or an instance changes,
# when an instance changes its class, and when a class dies and another takes its place.
import gc


def sites(o, n):
    """Each site meets whatever comes."""
    return [o.zero(), o.one(n), o.two(n, n), o.three(n, n, n), o.four(n, n, n, n), o.some(n), o.some(n, b=3), o.field, o.kind, o.shown]


def told(objects, what):
    print(what)
    for o in objects:
        try:
            print("  ", *sites(o, 2))
        except Exception as error:
            print("  ", type(error).__name__, error)


def store(o, v):
    o.field = v
    o.written = v


def fresh(kind):
    class Made:
        def __init__(self):
            self.field = kind
            self.log = None
        def zero(self): return kind + "0"
        def one(self, a): return kind, a
        def two(self, a, b): return kind, a + b
        def three(self, a, b, c): return kind, a + b + c
        def four(self, a, b, c, d): return kind, a + b + c + d
        def some(self, a, b=5): return kind, a * b
        @property
        def shown(self): return "<" + self.field + ">"
        @property
        def written(self): return self.log
        @written.setter
        def written(self, v): self.log = kind, v
    Made.kind = kind
    Made.__name__ = kind
    return Made


class Derived(fresh("base")):
    def one(self, a): return "derived", a


class Slotted:
    __slots__ = "log", "field"
    kind = "slotted"
    zero = lambda self: 0
    def __init__(self): self.field = "s"; self.log = None
    def one(self, a): return a
    def two(self, a, b): return a, b
    def three(self, a, b, c): return a, b, c
    def four(self, a, b, c, d): return a, b, c, d
    def some(self, a, b=1): return a, b
    shown = property(lambda self: "shown")
    written = property(lambda self: self.log, lambda self, v: setattr(self, "log", v))


classes = [fresh("a"), fresh("b"), fresh("c"), Derived, Slotted]
objects = [c() for c in classes]
for turn in range(30):
    for o in objects:
        sites(o, turn)
        store(o, str(turn))
told(objects, "as they are")
for o in objects:
    store(o, "z")
    print(o.field, o.written)

classes[0].one = lambda self, a: ("replaced", a)
told(objects, "a method is another")
Derived.__bases__[0].two = lambda self, a, b: ("of the base", a, b)
told(objects, "one of a base is")
del classes[1].three
told(objects, "one is gone")
classes[1].three = lambda *given: len(given)
classes[2].kind = "k"
classes[2].shown = property(lambda self: "other")
told(objects, "constants and properties")

for hidden in "one", "some":
    setattr(objects[0], hidden, lambda *a, **k: "hidden")
objects[0].kind = "hidden"
told(objects, "an instance hides them")
objects[0].__dict__.clear()
told(objects[:1], "nor has anything")
objects[0].__init__()
objects[2].__dict__
objects[2].__dict__["zero"] = lambda: "by dict"
told(objects, "in a dict")
objects[1].__class__ = classes[2]
told(objects, "another class")
objects[1].__class__ = classes[1]


def asked(self, name):
    return object.__getattribute__(self, "one" if name == "zero" else name)


classes[1].__getattribute__ = asked
told(objects, "__getattribute__")
del classes[1].__getattribute__
classes[1].__setattr__ = lambda self, name, v: object.__setattr__(self, name, "set " + str(v))
for o in objects:
    store(o, 1)
    print(o.field, o.written)
for o in objects:
    o.field = "f"
told(objects, "and back")


def ends(o):
    """Replaces the method that runs."""
    type(o).one = lambda self, a: "after"
    gc.collect()
    return [o] * 2


for c in classes[:3]:
    c.one = lambda self, a: len(ends(self)) + a
told(objects, "the running method goes")



def has(objects):
    return [[hasattr(o, "later"), hasattr(o, "one"), hasattr(o, "shown"), getattr(o, "later", None)] for o in objects + classes[:2]]


def bound(objects):
    return [o.one.__self__ is o for o in objects]


for turn in range(3):
    print(has(objects), bound(objects))
classes[0].later = "of the class"
print(has(objects))
del classes[0].later
objects[1].__dict__["later"] = "in the dict"
print(has(objects))
del objects[1].__dict__["later"]
classes[1].__getattr__ = lambda self, name: "asked for " + name
print(has(objects))
del classes[1].__getattr__
Derived.__bases__[0].later = property(lambda self: self.nothing)
print(has(objects), bound(objects))
objects[0].one = objects[1].one
print(bound(objects))
for turn in range(40):
    some = [fresh(str(turn % 7))() for _ in range(3)]
    for o in some:
        assert sites(o, 1)[0] == str(turn % 7) + "0"
        store(o, "x")
        assert (o.field, o.written) == ("x", (str(turn % 7), "x"))
    del some, o
    gc.collect()
try:
    sites(5, 1)
except AttributeError as error:
    print(error)
