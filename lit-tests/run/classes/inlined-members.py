# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Copies of __init__, of property getters and of what super() finds: sites that were right for a class must notice what
# becomes of it.
import traceback


def report(call):
    try:
        print(call())
    except Exception as error:
        names = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
        print(type(error).__name__, error, names[1:])


class Pair:
    def __init__(self, a, b):
        self.a = a
        self.b = b

    @property
    def ratio(self):
        return self.a / self.b

    @property
    def missing(self):
        return self.c

    def show(self):
        return "Pair", self.a, self.b


class Named(Pair):
    def __init__(self, a, b, name):
        super().__init__(a, b)
        self.name = name

    def show(self):
        return super().show() + (self.name,)


def pair(a, b):
    return Pair(a, b)


def named(a, b, name):
    return Named(a, b, name)


def show(p):
    return p.show()


def ratio(p):
    return p.ratio


def missing(p):
    return p.missing


def cases():
    report(lambda: pair(1, 2).show())
    report(lambda: show(named(1, 2, "n")))
    report(lambda: ratio(pair(3, 4)))
    report(lambda: ratio(named(3, 0, "zero")))
    report(lambda: missing(pair(3, 4)))


cases()
cases()

# The instance hides no property, and may have what a property lacks.
p = pair(1, 2)
p.__dict__["ratio"] = "hidden"
print(ratio(p))
p.c = "found"
print(missing(p))

# __init__ replaced, returning something, raising; instances that live on in the traceback.
old_init = Pair.__init__


def strange(self, a, b):
    self.a = a
    self.b = b
    return a


Pair.__init__ = strange
cases()
Pair.__init__ = old_init
cases()


class Strict:
    alive = 0

    def __init__(self, n):
        Strict.alive += 1
        self.n = n + 0

    def __del__(self):
        Strict.alive -= 1


def strict(n):
    return Strict(n)


report(lambda: strict(1).n)
report(lambda: strict(None))
print(Strict.alive)
kept = None
try:
    strict("x")
except TypeError as error:
    kept = error
print(Strict.alive, kept.__traceback__.tb_next.tb_next is not None)
kept = None
print(Strict.alive)

# __new__ that comes later, a metaclass's __call__, abstract methods.
Strict.__new__ = lambda cls, n: object.__new__(Named)
report(lambda: type(strict(5)).__name__)


class Meta(type):
    def __call__(cls, *args):
        return cls.__name__, args


class Made(metaclass=Meta):
    def __init__(self, n):
        self.n = n


report(lambda: Made(1))
del Meta.__call__
report(lambda: Made(2).n)

# super(): another base, another method, the name rebound, keywords, a class method, a missing attribute.
class Other:
    def show(self):
        return "Other", self.a


class Middle(Named):
    def show(self, *rest, **more):
        return super().show() + rest + tuple(more)

    @classmethod
    def make(cls):
        return super().__new__(cls)

    def lost(self):
        return super().lost(1)


m = Middle(1, 2, "m")
report(lambda: m.show(3, k=4))
report(lambda: type(Middle.make()).__name__)
report(m.lost)
Named.show = lambda self: ("changed",)
report(lambda: m.show())
Middle.__bases__ = (Other,)
report(lambda: m.show())
Other.show = lambda self: 5 / self.a * ()
report(lambda: m.show())


class Failure(Exception):
    def __init__(self, code):
        super().__init__("code %d" % code)
        self.code = code


class Plain(KeyError):
    def __init__(self, key, *, extra=None):
        self.extra = extra


def fail(code):
    raise Failure(code)


for code in 1, 2, None:
    report(lambda: fail(code))
report(lambda: (Plain("k").args, Plain("k", extra=1).args, Plain("k", extra=2).extra))


def rebound():
    global super
    super = lambda *args: Other()
    Other.__init__ = lambda self: None
    Other.show = lambda self, *rest: ("rebound", rest)
    report(lambda: m.show())
    del super
    report(lambda: type(m).__name__)


rebound()
