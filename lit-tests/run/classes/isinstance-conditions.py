# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# isinstance() as a condition: what the classes, their metaclasses and the value have to say, in the order in which they say it.
import builtins
import collections.abc


class Base:
    pass


class Derived(Base):
    pass


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("died:", self.name)


class Meta(type):
    def __instancecheck__(cls, value):
        print("asked:", cls.__name__, type(value).__name__)
        if cls.__name__ == "Failing":
            raise KeyError("no answer")
        return cls.answer


class Yes(metaclass=Meta):
    answer = [1]


class No(metaclass=Meta):
    answer = ""


class Failing(metaclass=Meta):
    pass


class Claims:
    @property
    def __class__(self):
        print("claims to be a str")
        return str


def kind(value):
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, (int, float)):
        return "number"
    if not isinstance(value, str) and isinstance(value, (list, tuple, Base)):
        return "several"
    if isinstance(value, collections.abc.Mapping):
        return "mapping"
    return "text" if isinstance(value, str) else "other"


def hooks(value, first, second):
    if isinstance(value, (first, second)):
        return True
    return False


def one(value, cls):
    while isinstance(value, cls):
        return "is"
    return "is not"


def two(value, first, second):
    if isinstance(value, (first, second)):
        return "is"
    return "is not"


def made():
    if isinstance(Loud("asked about"), (int, Loud)):
        print("a Loud")
    if not isinstance(Loud("asked about, too"), int):
        print("no int")


def rebinds(value):
    if isinstance(value, (str, value := int)):
        return "is", value
    return "is not", value


def steps(values):
    for value in values:
        if isinstance(value, (int, str)):
            yield value
        elif isinstance(value, Base):
            yield type(value).__name__


def main():
    for value in (True, 3, 2.5, "a", [1], (1,), Derived(), {}, None, 1 << 80, Claims()):
        print(kind(value))
    print(hooks(1, Yes, No), hooks(1, No, Yes), hooks(1, No, No), hooks(1, int, Failing), hooks(Yes(), Yes, Failing))
    for cls in (int, (), (str, (float, int)), int | str, str | None, 5, (5, int), (int, 5), "int", Failing, list[int], collections.abc.Hashable):
        try:
            print(one(1, cls), two(1, cls, int), two(1, int, cls))
        except Exception as e:
            print(type(e).__name__, e, e.__traceback__.tb_next.tb_lineno - main.__code__.co_firstlineno < 0)
    made()
    print(rebinds("a"), rebinds(2), rebinds(None))
    print(list(steps([1, "a", 2.0, Derived(), None])))


main()

nested = ()
for _ in range(2000):
    nested = (nested,)
try:
    print(one(1, nested))
except RecursionError as e:
    print(e)


def isinstance(value, cls):
    print("ours:", cls)
    return [] if cls is str else "yes"


print(one(1, str), one(1, int), two(1, str, int))
del isinstance
print(one(1, int))
usual = builtins.isinstance
builtins.isinstance = lambda value, cls: not usual(value, cls)
print(one(1, int), two(1, int, str), two(1, float, str))
builtins.isinstance = usual
print(one(1, int), two(1, int, str))
del builtins.isinstance
try:
    print(one(1, int))
except NameError as e:
    print(e)
builtins.isinstance = usual
