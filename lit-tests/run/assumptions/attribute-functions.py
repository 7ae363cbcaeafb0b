# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
#
# getattr() and hasattr() of a constant name, issubclass(), callable() and id(): each site remembers what it found, or
# that there was nothing, until that changes.
import abc
import builtins
import types


def get(o): return getattr(o, "x", "none")
def strict(o): return getattr(o, "x")
def has(o): return hasattr(o, "x")


def ask(o, what):
    for _ in range(3): answers = get(o), has(o)
    try: more = strict(o)
    except AttributeError as e: more = str(e)
    print(what, answers, more)


class Plain: pass
class Slotted: __slots__ = ("x", "__dict__")
class WithInit:
    def __init__(self, full):
        if full: self.x = 1


p, q = Plain(), Plain()
ask(p, "absent")
p.x = 1
ask(p, "own"); ask(q, "another's")
del p.x
ask(p, "deleted")
Plain.x = 2
ask(p, "of the class"); ask(Plain, "the class itself")
p.x = 3
ask(p, "own before the class's")
Plain.x = property(lambda self: 4)
ask(p, "property before own")
del Plain.x
ask(p, "own again"); ask(q, "absent again")
p.__dict__.clear()
ask(p, "cleared")
q.__dict__ = {"x": 5}
ask(q, "another dict")

s = Slotted()
ask(s, "empty slot"); s.x = 1; ask(s, "full slot"); del s.x; ask(s, "emptied slot")
for full in (False, True, False): ask(WithInit(full), f"inline {full}")
WithInit.x = "default"
for full in (False, True): ask(WithInit(full), f"inline {full} with the class's")
w = WithInit(False); vars(w)["x"] = "by dict"; ask(w, "by dict")

for value in (5, 2.5, "text", None, [1], (), len, types, Plain, type, p): ask(value, "builtin")
types.x = 1; ask(types, "module"); del types.x; ask(types, "module without")

class Meta(type): pass
class Made(metaclass=Meta): pass
class Under(Made): pass
for c in (Made, Under): ask(c, "class")
Meta.x = "meta"
for c in (Made, Under): ask(c, "metaclass has it")
Made.x = "base"
for c in (Made, Under): ask(c, "base has it")
del Made.x, Meta.x
for c in (Made, Under): ask(c, "nobody has it")

class Late: pass
late = Late()
ask(late, "before __getattr__")
Late.__getattr__ = lambda self, name: f"made {name}"
ask(late, "__getattr__")
del Late.__getattr__
ask(late, "after __getattr__")
Late.__getattribute__ = lambda self, name: f"taken {name}"
ask(late, "__getattribute__")
del Late.__getattribute__
ask(late, "after __getattribute__")

def fail(kind):
    def getter(self): raise kind("no")
    return property(getter)
class Failing: x = fail(AttributeError)
class Broken: x = fail(ValueError)
class Deep: x = property(lambda self: self.missing)
for o in Failing(), Deep(): ask(o, "getter fails")
for f in get, has, strict:
    try: f(Broken())
    except ValueError as e: print("ValueError", e)
class Moving: pass
m = Moving(); ask(m, "before the class changes"); m.__class__ = Failing; ask(m, "a failing class"); m.__class__ = WithInit; ask(m, "with a default")


def methods(o):
    for _ in range(3): found = [getattr(o, "__repr__", None), getattr(o, "__len__", None), getattr(o, "append", None), getattr(o, "cm", None), getattr(o, "sm", None)]
    tests = [hasattr(o, "__repr__"), hasattr(o, "__len__"), hasattr(o, "append"), hasattr(o, "cm"), hasattr(o, "sm"), hasattr(o, "__iter__"), hasattr(o, "__hash__")]
    print([f and f.__name__ for f in found], found[0]() == repr(o) if not isinstance(o, type) else found[0].__qualname__, tests)

class Methods:
    @classmethod
    def cm(cls): return cls
    @staticmethod
    def sm(): return 1
    def __len__(self): return 3
for o in [], Methods(), Methods, "s", 5, list: methods(o)
o = Methods(); o.__repr__ = methods; print(getattr(o, "__repr__", None) is methods)


# What dies, and when.
class Noisy:
    def __init__(self, name): self.name = name
    def __del__(self): print("del", self.name)
def kept(): return getattr(Noisy("object"), "name", Noisy("default"))
def missing(): return getattr(Noisy("object"), "nothing", Noisy("default"))
for _ in range(2):
    print(kept())
    made = missing()
    print(made.name)
    del made
    print(hasattr(Noisy("object"), "name"), hasattr(Noisy("object"), "nothing"), callable(Noisy("called")), id(Noisy("named")) > 0)


# Other meanings of the names.
def rebound(o): return getattr(o, "x", 0), hasattr(o, "x"), callable(o), issubclass(type(o), int), id(o) == -7
print(rebound(3))
keep = builtins.getattr
builtins.getattr = lambda *a: a[1:]
hasattr = lambda o, name: name * 2
callable = id = issubclass = lambda *a: -7
print(rebound(3))
builtins.getattr = keep
del hasattr, callable, id, issubclass
print(rebound(3))


# Names that are no names, and wrong arguments.
print(getattr(p, "no name", 1), hasattr(p, ""), getattr(p, "\x00", 2))
setattr(p, "no name", 3); setattr(p, "", 4)
print(getattr(p, "no name", 1), hasattr(p, ""))
def wrong(f):
    try: return f()
    except TypeError as e: return str(e)
for f in (lambda: getattr(p), lambda: getattr(p, "a", 1, 2), lambda: hasattr(p), lambda: hasattr(p, "a", 1), lambda: getattr(p, 5, 1), lambda: hasattr(p, 5),
          lambda: issubclass(5, int), lambda: issubclass(int, 5), lambda: issubclass(int), lambda: callable(), lambda: id()): print(wrong(f))


class A: pass
class B(A): pass
class C(A): pass
class D(B, C): pass
class Known(abc.ABC):
    @classmethod
    def __subclasshook__(cls, c): return True if c is C else NotImplemented
Known.register(int)
class Says(type):
    def __subclasscheck__(cls, c): return "yes" if c is A else ""
class Sayer(metaclass=Says): pass
def subclasses(cls): return [issubclass(c, cls) for c in (A, B, C, D, int, bool, Sayer)]
for cls in (A, B, C, D, object, int, Known, Sayer, (A, int), int | A): print(subclasses(cls))
B.__bases__ = (C,)
try: print(subclasses(C))
except TypeError as e: print(e)

class Callable: pass
c = Callable()
def calls(o): return callable(o)
print(calls(c), calls(Callable), calls(calls), calls(5)); Callable.__call__ = lambda self: 1; print(calls(c)); del Callable.__call__; print(calls(c)); c.__call__ = calls; print(calls(c))
ids = [id(o) for o in (c, None, 5, 5.5, "s", A)]
print([id(o) for o in (c, None, 5, 5.5, "s", A)] == ids, id(c) == id(c), id(c) != id(p))
