# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Classes with one of the guest and one of the program among their bases.
from typing import Generic, TypeVar

import numpy as np

T = TypeVar("T")


class Named:
    kind = "named"
    made = []

    def __init_subclass__(cls, tag=None, **rest):
        super().__init_subclass__(**rest)
        cls.tag = tag
        Named.made.append((cls.__name__, tag))

    def describe(self):
        return f"{self.name}: {self.tolist()}"

    @property
    def twice(self):
        return self * 2

    @classmethod
    def zeros(cls, n):
        return np.zeros(n).view(cls)

    @staticmethod
    def plain(x):
        return x + 1

    def sum(self, *args, **kwargs):
        return super().sum(*args, **kwargs) + 1000

    def __getattr__(self, name):
        if name.startswith("a_"):
            return name
        raise AttributeError(name)


class Shouting(Named):
    def describe(self):
        return super().describe().upper()

    def __call__(self, x):
        return ("called", x)

    def __len__(self):
        return 77

    def __matmul__(self, other):
        return ("matmul", other)


class Behind(np.ndarray, Named, tag="behind"):
    name = "b"


class Before(Shouting, np.ndarray, tag="before"):
    def __new__(cls, data, name):
        made = np.asarray(data).view(cls)
        made.name = name
        return made

    def __array_finalize__(self, other):
        self.name = getattr(other, "name", None)


class Below(Before):
    def describe(self):
        return "below " + super().describe()


class Of(np.ndarray, Generic[T]):
    pass


b = Behind.zeros(2)
print(b.describe(), b.twice.tolist(), b.kind, b.plain(3), b.sum(), b.a_thing, len(b), type(b + 1).__name__)
a = Before([1, 2, 3], "abc")
print(a.describe(), a.sum(), len(a), a(5), a @ 4, a[1:].describe(), a.twice.describe(), type(a.view(np.ndarray)).__name__)
print(Below([4], "x").describe(), np.add(a, 1).describe())
for cls in (Behind, Before, Below, Of):
    print([c.__name__ for c in cls.__mro__], [c.__name__ for c in cls.__bases__])
print(isinstance(a, Named), isinstance(b, Shouting), issubclass(Below, Shouting), isinstance(a, np.ndarray))
print(Named.made, Behind.tag, Before.tag, Below.tag)
print(sorted(c.__name__ for c in Named.__subclasses__()))
for wrong in (lambda: b.nothing, lambda: Before(), lambda: b.describe(1)):
    try:
        wrong()
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)

Named.later = lambda self: ("later", self.name)
print(a.later(), b.later(), Named.later is Behind.later)


class Slotted:
    __slots__ = ("x",)


try:

    class Conflict(np.ndarray, Slotted):
        pass
except TypeError as error:
    print(error)


class Recoded(Named, ValueError):
    name = "r"

    def tolist(self):
        return list(self.args)


print(Recoded(1, 2).describe(), Named.made[-1])
