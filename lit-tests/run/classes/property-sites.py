# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Sites that know a property, or a named tuple's field, enter its functions at once: what must make them forget, whoever has a
# __getattr__, and what is raised on the way.
import traceback
from collections import namedtuple


def read(o):
    return o.p


def write(o, v):
    o.p = v


def tell(call, *arguments):
    try:
        print(call(*arguments))
    except Exception as error:
        names = [(frame.name, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
        print(type(error).__name__, error, names[1:], error.__context__)


class Plain:
    def __init__(self, v):
        self.v = v

    @property
    def p(self):
        for _ in ():
            pass
        if self.v is None:
            raise ValueError("none")
        return self.v

    @p.setter
    def p(self, v):
        for _ in ():
            pass
        if v is None:
            raise ValueError("set to none")
        self.v = v
        return Noisy()


class Noisy:
    def __del__(self):
        print("result dropped")


class Below(Plain):
    pass


class Other(Plain):
    @property
    def p(self):
        return "other", super().p


class Method(Plain):
    def p(self):
        return "method"


class Constant(Plain):
    p = "constant"


everyone = [Plain("a"), Below("b"), Other("c"), Method("d"), Constant("e"), Plain(None)]


def look():
    for o in everyone:
        tell(lambda: read(o) if not callable(read(o)) else read(o)())
        tell(write, o, "new")
        tell(write, o, None)
        o.v = type(o).__name__


for _ in range(3):
    look()

print("instances' own attributes")
for o in everyone:
    o.__dict__["p"] = "own"
for o in everyone:
    print(read(o))
    o.__dict__.clear()
    o.v = 1

print("the class is changed")
tell(read, everyone[0])
Plain.p = property(lambda self: ("lambda", self.v))
tell(read, everyone[0])
tell(read, everyone[1])
tell(write, everyone[0], 1)
Below.p = property(lambda self: ("below", self.v), lambda self, v: print("below gets", v))
tell(read, everyone[1])
tell(write, everyone[1], 2)
del Below.p
tell(read, everyone[1])
del Plain.p
for o in everyone[:2]:
    tell(read, o)
    tell(write, o, 5)
    tell(read, o)

print("functions of other kinds")
for getter, setter in [
    (lambda self, more="default": more, lambda self, v, more="default": print(v, more)),
    (lambda *all: len(all), lambda *all: print(len(all))),
    (len, max),
    (lambda: 1, lambda self: 1),
    (None, None),
]:
    Plain.p = property(getter, setter)
    for _ in range(2):
        tell(read, everyone[5])
        tell(write, everyone[5], 7)
Plain.__len__ = lambda self: 42
Plain.p = property(len)
for _ in range(2):
    tell(read, everyone[5])
p = property(lambda self: "first", lambda self, v: print("first", v))
Plain.p = p
for _ in range(2):
    tell(read, everyone[5])
    tell(write, everyone[5], 7)
p.__init__(lambda self: "second")
tell(read, everyone[5])
tell(write, everyone[5], 7)
p.__init__(None, lambda self, v: print("second", v))
tell(read, everyone[5])
tell(write, everyone[5], 7)
p.__init__(len)
tell(read, everyone[5])


class Shown(property):
    def __get__(self, o, cls=None):
        return "shown", property.__get__(self, o, cls)


Plain.p = Shown(lambda self: "inner")
for _ in range(2):
    tell(read, everyone[5])


class Vanishing:
    @property
    def p(self):
        del Vanishing.p
        return "last time"


for _ in range(3):
    tell(read, Vanishing())

print("hooks")


class Hooked:
    fails = False

    @property
    def p(self):
        if self.fails:
            self.begin()
            raise AttributeError("of the property")
        return "property"

    def begin(self):
        pass

    def __getattr__(self, name):
        if self.fails == "twice":
            raise AttributeError("of the hook: " + name)
        return "hook: " + name


class Unhooking(Hooked):
    fails = True

    def begin(self):
        if "__getattr__" in Unhooking.__dict__:
            del Unhooking.__getattr__

    def __getattr__(self, name):
        return "about to go: " + name


def hooked(o):
    tell(read, o)
    print(getattr(o, "p", "default"), hasattr(o, "p"))


for kind in Hooked, Unhooking:
    for o in kind(), kind():
        hooked(o)
        o.fails = True
        hooked(o)
        o.fails = "twice"
        hooked(o)
Hooked.fails = True
hooked(Hooked())
hook = Hooked.__getattr__
del Hooked.__getattr__
hooked(Hooked())
Hooked.__getattr__ = lambda self, name: "another hook"
hooked(Hooked())
Hooked.__getattribute__ = lambda self, name: "all"
hooked(Hooked())
del Hooked.__getattribute__
Hooked.__getattr__ = hook
hooked(Hooked())

print("setting otherwise")


class Set(Plain):
    p = property(lambda self: self.v, lambda self, v: print("setter", v))


for _ in range(2):
    write(Set(1), 1)
Set.__setattr__ = lambda self, name, v: print("__setattr__", name, v)
for _ in range(2):
    write(Set, 1)
    write(object.__new__(Set), 1)
del Set.__setattr__
write(Set(1), 3)

print("named tuples")
Pair = namedtuple("Pair", "p q")


class Named(Pair):
    pass


def fields():
    for pair in Pair(1, 2), Named(3, 4), tuple.__new__(Pair, ()), tuple.__new__(Named, (5,)), tuple.__new__(Named, (6, 7, 8)):
        tell(read, pair)
        tell(write, pair, 1)
        tell(lambda: pair.q)


for _ in range(2):
    fields()
Named.p = property(lambda self: ("computed", self[0]))
fields()
Pair.p, Pair.q = Pair.q, Pair.p
fields()
del Named.p, Pair.q
fields()


class NoTuple:
    p = Pair.p


for _ in range(2):
    tell(read, NoTuple())
