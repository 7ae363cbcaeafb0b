# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# isinstance and issubclass with abstract classes: what their caches know is asked again when classes, hooks or registries change.
import abc
import collections.abc
import numbers


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...


class Square(Shape):
    def area(self):
        return 1


class Other:
    pass


class Later:
    pass


def ask():
    return [isinstance(o, c) for c in (Shape, collections.abc.Sized, numbers.Number) for o in (Square(), Other(), Later(), [], 5, 2.5, "")]


for _ in range(3):
    print(ask())
Shape.register(Later)
for _ in range(3):
    print(ask())
print([issubclass(c, Shape) for c in (Square, Other, Later, int) for _ in range(3)])
try:
    issubclass(5, Shape)
except TypeError as e:
    print(e)


# An object that claims another class.
class Claims:
    @property
    def __class__(self):
        return Square


print([isinstance(Claims(), Shape) for _ in range(3)], isinstance(Claims(), Square))


# A subclass hook that is asked once, raises once, and changes.
class Hooked(abc.ABC):
    asked = []
    raises = True

    @classmethod
    def __subclasshook__(cls, c):
        cls.asked.append(c.__name__)
        if cls.raises:
            raise RuntimeError("not now")
        return NotImplemented if c is Other else True


for _ in range(2):
    try:
        isinstance(Other(), Hooked)
    except RuntimeError as e:
        print(e)
Hooked.raises = False
print([isinstance(o, Hooked) for o in (Other(), 5, Other(), 5, Square())], Hooked.asked)


# Metaclasses that answer themselves, also from now on.
class Meta(abc.ABCMeta):
    def __instancecheck__(cls, o):
        return o == 7 or super().__instancecheck__(o)


class Own(metaclass=Meta):
    pass


class Derived(Own):
    pass


print([isinstance(o, c) for c in (Own, Derived) for o in (7, 8, Derived(), Own())])


class Quiet(abc.ABCMeta):
    pass


class Silent(metaclass=Quiet):
    pass


print([isinstance(5, Silent) for _ in range(3)])
Quiet.__instancecheck__ = lambda cls, o: True
print([isinstance(5, Silent) for _ in range(3)])
del Quiet.__instancecheck__
print([isinstance(5, Silent) for _ in range(3)])
original = abc.ABCMeta.__instancecheck__
abc.ABCMeta.__instancecheck__ = lambda cls, o: "yes"
print(isinstance(Other(), Shape))
abc.ABCMeta.__instancecheck__ = original
print(isinstance(Other(), Shape))
native = abc._abc_instancecheck
abc._abc_instancecheck = lambda cls, o: True
print(isinstance(Other(), Shape))
abc._abc_instancecheck = native
print(isinstance(Other(), Shape))


# Classes whose metaclass hashes and compares itself.
class HashMeta(type):
    hashed = 0

    def __hash__(cls):
        HashMeta.hashed += 1
        return 3

    def __eq__(cls, other):
        return cls is other


class Strange(metaclass=HashMeta):
    pass


HashMeta.hashed = 0
print([isinstance(Strange(), Shape) for _ in range(3)], HashMeta.hashed > 0)

del Shape._abc_impl
try:
    isinstance(Other(), Shape)
except AttributeError as e:
    print(e)
