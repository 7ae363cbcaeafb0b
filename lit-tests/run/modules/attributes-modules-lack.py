# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a module lacks: asked for by getattr, hasattr, import and as it is; __getattr__ and classes of modules have their say.
import math
import sys
import types


def ask(m, name):
    out = [getattr(m, name, "none"), hasattr(m, name)]
    try:
        out.append(getattr(m, name))
    except AttributeError as e:
        out += [str(e), e.name, e.obj is m]
    except Exception as e:
        out.append(repr(e))
    return out


m = types.ModuleType("m")
for _ in range(3):
    print(ask(m, "x"), ask(math, "nothing"))
m.x = 1
print(ask(m, "x"))
del m.x
print(ask(m, "x"))
m.__getattr__ = lambda name: [name]
print(ask(m, "x"))


def fails(name):
    raise AttributeError("own " + name) if name != "y" else KeyError(name)


m.__getattr__ = fails
print(ask(m, "x"))
for asked in (lambda: getattr(m, "y", 1), lambda: hasattr(m, "y")):
    try:
        print(asked())
    except KeyError as e:
        print("KeyError", e)
del m.__getattr__
m.__spec__ = types.SimpleNamespace(_initializing=True)
print(ask(m, "x"))
m.__spec__ = types.SimpleNamespace(_uninitialized_submodules=["x"])
print(ask(m, "x"), ask(m, "y"))
del m.__name__
print(ask(m, "x"))


class Mine(types.ModuleType):
    @property
    def odd(self):
        raise AttributeError("from the property")

    @property
    def worse(self):
        raise ValueError("from the property")


mine = Mine("mine")
print(ask(mine, "odd"), ask(mine, "x"))
try:
    hasattr(mine, "worse")
except ValueError as e:
    print(e)


class Asked(types.ModuleType):
    def __getattr__(self, name):
        return "asked " + name


print(ask(Asked("asked"), "x"))
print(ask(types.ModuleType.__new__(types.ModuleType), "x"))


def late(name):
    try:
        exec(f"from math import {name}")
        return "there"
    except ImportError as e:
        return str(e).split(" (")[0], e.name


print(late("sin"), late("nothing"), late("__path__"))
sys.modules["made"] = m
try:
    from made import x
except ImportError as e:
    print(e)
try:
    from made import path as made
    print("imported")
except ImportError as e:
    print(e)
