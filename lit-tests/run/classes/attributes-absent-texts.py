# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What is said of an attribute that is not there: names of all lengths, what was looked for, and caught ones that nobody looks at.


class Slotted:
    __slots__ = ("value", "größe", "_cached")

    def cached(self):
        try:
            return self._cached
        except AttributeError:
            self._cached = "made"
            return self._cached


class Plain:
    pass


def show(o, name):
    try:
        getattr(o, name)
    except AttributeError as error:
        print(ascii(str(error)), error.obj is o, ascii(error.name), len(str(error)), len(error.args))


for name in ("x", "größe", "a" * 99, "a" * 100, "a" * 101, "b" * 200, "nul\0inside", "", "\U0001f40d", "%s %U"):
    show(Plain(), name)
for length in (1, 49, 50, 51, 99, 100, 101, 199, 200, 201, 300):
    plain = type("P" * length, (), {})
    slotted = type("S" * length, (), {"__slots__": ("value",)})
    show(plain(), "value")
    show(slotted(), "value")
    show(slotted(), "other")
for letters in ("ä", "\U0001f40d", "日本"):
    for length in (1, 25, 50, 67, 100):
        show(type(letters * length, (), {})(), "x")
        show(type(letters * length, (), {"__slots__": ("value", "größe")})(), "größe")
show(Slotted(), "value")
show(Slotted(), "größe")
show(1, "real_part")
show("text", "lowered")
show(None, "x")
for _ in range(3):
    s = Slotted()
    print(s.cached(), s.cached())
try:
    Slotted().value
except AttributeError as error:
    print(error, error.name, type(error.obj).__name__, error.__context__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        Slotted()._cached
except AttributeError as error:
    print(error, repr(error.__context__))
