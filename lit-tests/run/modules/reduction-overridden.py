# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Where classes, metaclasses and instances change how objects are reduced, pickled and restored.
import copy
import pickle


class Plain:
    def __init__(self, *values):
        self.first, self.second = values


def trip(title, o):
    for protocol in (0, 2, 4):
        try:
            p = pickle.loads(pickle.dumps(o, protocol))
            print(title, protocol, type(p).__name__, sorted(vars(p)) if hasattr(p, "__dict__") else p.a)
        except Exception as e:
            print(title, protocol, type(e).__name__, e)
    try:
        print(title, "reduced", o.__reduce_ex__(4)[1:3])
    except Exception as e:
        print(title, "reduced", type(e).__name__, e)


trip("plain", Plain(1, 2))


class WithReduce:
    def __reduce__(self):
        return Plain, (3, 4)


trip("reduce", WithReduce())


class WithState:
    def __init__(self):
        self.x = 1

    def __getstate__(self):
        return {"y": self.x}


trip("getstate", WithState())


class WithSet(WithState):
    def __setstate__(self, state):
        self.got = state


trip("setstate", WithSet())


class Slots:
    __slots__ = ("a", "b")


s = Slots()
s.a = 5
p = pickle.loads(pickle.dumps(s, 2))
print(p.a, hasattr(p, "b"))
trip("slots", s)

# The instance itself has the methods.
o = Plain(5, 6)
o.__reduce_ex__ = lambda protocol: (Plain, ("own", protocol))
print(pickle.loads(pickle.dumps(o, 4)).first)
o = Plain(5, 6)
o.__getstate__ = lambda: {"first": "from the instance"}
print(copy.copy(o).first, Plain.__reduce_ex__(o, 2)[2])
o = Plain(5, 6)
o.__reduce__ = lambda: (Plain, ("not", "asked"))
print(copy.copy(o).first)


class Meta(type):
    @property
    def __reduce__(cls):
        return "of the metaclass"


class Odd(metaclass=Meta):
    def __reduce__(self):
        return Plain, ("odd", "one")


print(copy.copy(Odd()).first)


class Lies:
    @property
    def __class__(self):
        return Plain


lies = Lies()
print(isinstance(lies, Plain), lies.__reduce_ex__(2)[1])
try:
    pickle.dumps(lies)
except Exception as e:
    print(type(e).__name__, e)


class Asked:
    def __getattribute__(self, name):
        if name in ("__reduce_ex__", "__class__"):
            print("asked for", name)
        return object.__getattribute__(self, name)


print(copy.copy(Asked()).__class__.__name__)
pickle.dumps(Asked())


class Hooked:
    def __getattr__(self, name):
        raise AttributeError(name)


trip("hooked", Hooked())


# __dict__ is something else.
class OwnDict:
    def __init__(self):
        self.attributes = {}

    @property
    def __dict__(self):
        return {"shown": 1}


trip("own dict", OwnDict())


# What a state puts into the instance hides what the class has.
class Shadowed:
    limit = 1

    def answer(self):
        return "method"


def ask(o):
    return o.answer(), o.limit


original = Shadowed()
print(ask(original))
original.__dict__.update(answer=len, limit=7)
data = pickle.dumps(original)
for _ in range(3):
    loaded = pickle.loads(data)
    try:
        print(ask(loaded))
    except TypeError as e:
        print(e)
    print(loaded.limit, sorted(loaded.__dict__))
print(ask(Shadowed()))


# Order of attributes, and names that the layout does not know.
class Ordered:
    def __init__(self):
        self.a = 1
        self.b = 2
        self.c = 3


o = Ordered()
o.extra = 4
del o.a
o.a = 5
loaded = pickle.loads(pickle.dumps(o))
print(list(vars(loaded)), loaded.extra)
o.__dict__[3] = 4
print(list(vars(pickle.loads(pickle.dumps(o)))))
loaded.__setstate__ = None
print(list(vars(copy.copy(o))))
