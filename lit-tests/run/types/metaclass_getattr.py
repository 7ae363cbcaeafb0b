# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Attributes of classes whose metaclass has a __getattr__: what a class has is found without it, what it has not is asked for there.
import enum


class Meta(type):
    def __getattr__(cls, name):
        return "asked for " + name

    @property
    def shown(cls):
        raise AttributeError("no shown")


class Raises:
    def __get__(self, obj, cls):
        raise AttributeError("no value")


class A(metaclass=Meta):
    here = 1
    raises = Raises()

    def method(self):
        return "method"

    @staticmethod
    def static():
        return "static"

    @classmethod
    def bound(cls):
        return cls.__name__


class Color(enum.Enum):
    RED = 1
    GREEN = 2


def show(n):
    for _ in range(n):
        print(A.here, A.there, A.raises, A.shown, A.method(None), A.static(), A.bound(), Color.RED, Color.GREEN.value)


show(3)
A.here = 2
A.there = 3
show(2)
del A.here, A.there
show(2)
A.here = 4
Meta.there = property(lambda cls: "a property")
show(2)
Meta.__getattribute__ = lambda cls, name: "all: " + name if name != "method" and not name.startswith("_") else type.__getattribute__(cls, name)
try:
    show(1)
except TypeError as e:
    print(e)
print(A.here, A.there)
try:
    Color.BLUE
except AttributeError as e:
    print(e)
