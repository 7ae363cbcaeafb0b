# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A class with __getattr__ finds what it has as others do; the hook is asked for the rest, at sites that know better too.
import functools


class Proxy:
    kind = "class"

    def __init__(self, x):
        self.x = x

    @property
    def failing(self):
        raise AttributeError("from the property")

    @functools.cached_property
    def cached(self):
        return ["made"]

    def method(self):
        return "method"

    def __getattr__(self, name):
        if name == "lost":
            raise AttributeError("no " + name)
        return "<" + name + ">"


class Below(Proxy):
    pass


def look(o):
    found = [o.x, o.kind, o.method(), o.failing, o.absent]
    try:
        o.lost
    except AttributeError as e:
        found.append((str(e), e.__context__))
    return found


def store(o, v):
    o.x = v
    return o.x


for o in (Proxy(1), Below(2)):
    for _ in range(3):
        print(look(o), store(o, "stored"))
    del o.x
    print(look(o), o.cached is o.cached, isinstance(o, (int, Proxy)))
    o.cached = "own"
    o.method = lambda: "instance"
    print(o.cached, o.method(), look(o)[2])

# The hooks come and go.
o = Proxy(3)
print(look(o)[:2])
Proxy.__getattribute__ = lambda self, name: "all " + name
print(o.x, o.kind, o.absent, Below(4).x)
del Proxy.__getattribute__
print(look(o)[:2])
del Proxy.__getattr__
for name in "x", "failing", "absent":
    try:
        print(getattr(o, name))
    except AttributeError as e:
        print(e)
Proxy.__getattr__ = lambda self, name: name * 2
Proxy.x = property(lambda self: "property")
print(o.x, o.absent, o.failing)
