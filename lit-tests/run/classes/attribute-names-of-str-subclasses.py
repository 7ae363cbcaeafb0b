# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# setattr() with a name whose class is derived from str: it is a key of the dict as it is.
import types


class Name(str):
    pass


class Elsewhere(str):
    def __hash__(self):
        return 1


class Empty:
    pass


class Filled:
    def __init__(self):
        self.name = 1


class Slotted:
    __slots__ = ("name",)


class Described:
    @property
    def name(self):
        return "described"

    @name.setter
    def name(self, value):
        print("set", value)


class Asked:
    def __setattr__(self, name, value):
        print("asked", type(name).__name__)
        object.__setattr__(self, name, value)

    def __getattr__(self, name):
        return type(name).__name__


def function():
    pass


def keys(o):
    return [(str(name), type(name).__name__) for name in vars(o) if name in ("name", "other", "first")]


name = Name("name")
for o in (Empty(), Filled(), Filled.__new__(Filled), types.ModuleType("m"), function, types.SimpleNamespace(), Exception(), type("Class", (), {})):
    setattr(o, name, 2)
    print(keys(o), o.name, getattr(o, name), hasattr(o, name))
    o.name = 3
    print(keys(o), o.name)
    delattr(o, name)
    print(keys(o), hasattr(o, "name"))
for make in (Slotted, Described):
    o = make()
    setattr(o, name, 2)
    print(o.name, getattr(o, name))
o = Asked()
setattr(o, name, 4)
object.__setattr__(o, Name("other"), 5)
print(keys(o), o.missing, getattr(o, Name("missing")))
o = Empty()
o.first = 1
setattr(o, Name("other"), 2)
o.name = 3
print(keys(o))
del o.other
print(keys(o), getattr(o, "other", None))
o = Filled()
setattr(o, Elsewhere("name"), 5)
print(o.name, getattr(o, Elsewhere("name")), len(vars(o)))
o = Empty()
setattr(o, Elsewhere("name"), 5)
print(hasattr(o, "name"), hasattr(o, Elsewhere("name")))
try:
    delattr(Empty(), name)
except AttributeError as e:
    print(e)
