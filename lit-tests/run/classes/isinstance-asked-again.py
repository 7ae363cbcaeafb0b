# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What isinstance() said once holds until the classes change, of values of each kind.
Base, Other = type("Base", (), {}), type("Other", (object,), {})
Derived = type("Derived", (Base,), {})


class Pretends:
    told = Base
    __class__ = property(lambda self: self.told)


class Threes(type):
    __instancecheck__ = lambda cls, value: value == 3


Hooked = Threes("Hooked", (), {})
values = [1, 1.5, 1e300, True, None, "a", b"a", (), [], {}, set(), Base(), Derived(), Other(), Pretends(), Base, int, 3]
classes = [int, float, bool, str, object, type, list, Base, Other, Derived, Hooked, (int, float), (), (str, (list, Base)), int | str]


def table():
    return ["".join("01"[isinstance(v, c)] for v in values) for c in classes]


before = table()
print(*before, sep="\n")
assert before == table() == table()
Derived.__bases__ = (Other,)
print(*[row for row, old in zip(table(), before) if row != old])
Pretends.told = Other
print(table()[8])
values[-5].__class__ = Derived
print(table()[7:10])
Pretends.told = 1
print(table()[7:9])
for wrong in 1, "int", (int, 1), [int], None:
    try:
        print(isinstance(1.5, wrong))
    except TypeError as error:
        print(error)
