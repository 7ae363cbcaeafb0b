# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Call sites whose class attribute is no method: class methods, static methods, classes and builtins. What they remember has to
# be forgotten when the attribute, its class or the receiver's own attributes change.


class Base:
    length = len
    make = dict
    number = 7

    @classmethod
    def named(cls, *args, **more):
        return cls.__name__, args, more

    @staticmethod
    def plain(*args, **more):
        return args, more

    def method(self, *args):
        return "method", args


class Derived(Base):
    pass


def by_position(o):
    return o.named(1), o.plain(2), o.length("abc"), o.make(), o.make([(1, 2)])


def by_name(o):
    return o.named(1, k=2), o.plain(k=3), o.make(a=1)


def spread(o, args):
    return o.named(*args), o.plain(*args), o.make(*args)


def through_class(c):
    return c.named(1), c.named(k=2), c.plain(*[3]), c.length((1, 2)), c.make(b=2), c.method(0, *[1])


def many(o):
    return o.named(1, 2, 3, 4, 5), o.plain(1, 2, 3, 4, 5)


for o in (Base(), Derived()):
    for _ in range(4):
        result = by_position(o), by_name(o), spread(o, [()]), through_class(type(o)), many(o)
    for part in result:
        print(part)

o = Derived()
o.named = lambda *a, **k: "own"
o.make = lambda *a, **k: "made"
for _ in range(3):
    result = by_position(o), by_name(o), spread(o, [()])
print(result)
print(by_position(Derived())[0], by_name(Derived())[0])

Base.plain = staticmethod(lambda *a, **k: "replaced")
Base.length = sum
Derived.make = list
print(through_class(Base)[2], Derived().length([1, 2]), Derived().make((1, 2)), spread(Derived(), ["xy"]))


class Callable:
    def __call__(self, *args, **more):
        return "called", args, more


Base.make = Base.length = Callable()
del Derived.make
for _ in range(4):
    result = by_position(Derived()), by_name(Derived()), through_class(Base)
print(result)
Callable.__get__ = lambda self, o, t: lambda *a, **k: ("bound to", type(o).__name__, t.__name__)
print(by_position(Derived()), by_name(Derived()), through_class(Base))
del Callable.__get__
print(by_position(Derived())[2:], by_name(Derived())[2:], through_class(Base)[3:])


def failing(o):
    try:
        return o.number(1, k=2)
    except TypeError as error:
        return str(error)


for _ in range(3):
    print(failing(Base()))
del Base.number
for _ in range(2):
    try:
        failing(Base())
    except AttributeError as error:
        print(error)


class Meta(type):
    def named(cls, *args, **more):
        return "of the metaclass"


class Odd(metaclass=Meta):
    def __getattr__(self, name):
        return lambda *a, **k: name


for c in (Odd, Derived, Odd):
    for _ in range(3):
        result = c.named(k=1), c.named(*[1])
    print(result)
odd = Odd()
for _ in range(3):
    result = odd.named(k=1), odd.plain(*[1])
print(result)
Odd.plain = classmethod(lambda cls, *a: cls.__name__)
for _ in range(3):
    result = odd.named(k=1), odd.plain(*[1])
print(result)


class Missing:
    pass


for text in ("short", "x" * 300, "größe", "日本"):
    for o in (Missing(), Missing, 1):
        try:
            getattr(o, text)
        except AttributeError as error:
            print(error, error.name == text)
try:
    {}["%s"], type("Ünamed", (), {})().missing
except (KeyError, AttributeError) as error:
    print(repr(error))
try:
    type("Ünamed", (), {})().missing
except AttributeError as error:
    print(repr(error))
