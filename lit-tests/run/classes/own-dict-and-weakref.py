# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a class body binds to __dict__ and __weakref__ stays; instances have both nonetheless.
import weakref
from dataclasses import dataclass, field
from typing import Any


class Bound:
    __weakref__ = 1
    __dict__ = 2

    def __init__(self):
        self.x = 5


b = Bound()
print(Bound.__dict__["__weakref__"], Bound.__dict__["__dict__"], b.__weakref__, b.__dict__, b.x)
print(weakref.ref(b)() is b)


class Derived(Bound):
    pass


print([name for name in ("__weakref__", "__dict__") if name in Derived.__dict__], Derived().__weakref__)


class Unbound:
    __weakref__ = 1
    __dict__ = 2
    del __weakref__, __dict__


print(Unbound.__dict__["__weakref__"], Unbound.__dict__["__dict__"])

for name in "__weakref__", "__dict__":
    made = type("Made", (), {name: 3, "__slots__": (name,)})
    print(name, made.__dict__[name])


@dataclass(slots=True)
class Task:
    key: str
    __weakref__: Any = field(init=False, repr=False, compare=False)


t = Task("a")
print(t, weakref.ref(t)() is t, Task.__slots__)
