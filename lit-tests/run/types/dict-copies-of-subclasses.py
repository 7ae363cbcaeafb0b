# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What | and copy() of dict subclasses ask: not a copy() of their own, and keys() where __iter__ is theirs.
import types


class Iterating(dict):
    def __iter__(self):
        return iter(["x"])

    def keys(self):
        print("keys")
        return ["k1"]

    def __getitem__(self, key):
        return "item"


class WithKeys(dict):
    def keys(self):
        print("keys")
        return ["k1"]

    def __getitem__(self, key):
        return "item"


class Failing(dict):
    def __iter__(self):
        raise KeyError("__iter__")

    def keys(self):
        raise ValueError("keys")


class Copying(dict):
    def copy(self):
        print("copy")
        return 5


def show(work):
    try:
        print(work())
    except Exception as e:
        print(type(e).__name__, e)


for cls in (Iterating, WithKeys, Failing, Copying):
    print(cls.__name__)
    full, empty = cls(a=1), cls()
    for work in (lambda: full | {}, lambda: full | {"z": 1}, lambda: {} | full, lambda: empty | {"z": 1}, lambda: {"q": 1} | empty,
                 lambda: type(full | {}), lambda: dict.copy(full), lambda: empty.copy(), lambda: dict(full), lambda: {**full},
                 lambda: types.MappingProxyType(full) | {}, lambda: full.__ior__({"w": 2}), lambda: full == {"a": 1, "w": 2}):
        show(work)
