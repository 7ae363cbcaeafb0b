# RUN: krait run -O0 %s 2>&1 | diff %s.out -
# RUN: krait run -O2 %s 2>&1 | diff %s.out -
# RUN: krait-interp %s 2>&1 | diff %s.out -
# The truth of an instance whose class says nothing is one look at the class; whatever gives a class a say, or takes it, is seen.
import functools
import re
import warnings

warnings.simplefilter("ignore", DeprecationWarning)


def truth(v):
    return [bool(v), 1 if v else 0, not v, (v and 1) == 1, (v or 0) != 0, bool([x for x in [v] if x])]


def shown(v):
    try:
        answers = truth(v)
        assert answers in ([True, 1, False, True, True, True], [False, 0, True, False, False, False]), answers
        return answers[0]
    except Exception as e:
        return f"{type(e).__name__}: {e}"


class Plain:
    pass


class Below(Plain):
    pass


class Slots:
    __slots__ = ("a",)


class Meta(type):
    def __bool__(cls):
        return cls.__name__ != "False_"


class False_(metaclass=Meta):
    pass


class True_(metaclass=Meta):
    pass


class Count(int):
    pass


class Items(list):
    pass


class Failing:
    def __bool__(self):
        raise ValueError("neither")


class Wrong:
    def __bool__(self):
        return 2


class Negative:
    def __len__(self):
        return -1


class Both:
    def __bool__(self):
        return True

    def __len__(self):
        return 0


class Hooked:
    def __getattr__(self, name):
        return lambda: False


class None_:
    __bool__ = None


plain, below, slots = Plain(), Below(), Slots()
print([shown(v) for v in (plain, below, slots, Plain, False_, True_, False_(), Count(0), Count(1), Items(), Items([0]), Failing(), Wrong(), Negative(), Both(), Hooked(), None_())])
print([shown(v) for v in (None, ..., shown, len, [].append, str.lower, re, re.match("a", "a"), iter([]), (x for x in ()), object(), object, type, super(Below, below),
                          property(), range(0), range(1), slice(0), memoryview(b""), memoryview(b"a"), 0.0, -0.0, float("nan"), 1e300, 0j, 1j, 10 ** 30, ValueError(), functools.partial(len),
                          frozenset(), frozenset([0]), b"", bytearray(b"a"), "", "a", {}.keys(), {1: 2}.items(), zip(), type(None), classmethod(len))])

print("the instance has no say")
plain.__bool__ = plain.__len__ = lambda: 0
print(shown(plain))

print("a say comes and goes")
Plain.__bool__ = lambda self: False
print(shown(plain), shown(below))
Below.__len__ = lambda self: 1
print(shown(plain), shown(below))
del Plain.__bool__
print(shown(plain), shown(below))
Below.__len__ = lambda self: 0
print(shown(plain), shown(below))
Below.__bool__ = lambda self: True
print(shown(plain), shown(below))
del Below.__len__, Below.__bool__
print(shown(plain), shown(below))
setattr(Slots, "__len__", lambda self: 0)
print(shown(slots))
del Slots.__len__
print(shown(slots))
Items.__bool__ = lambda self: True
print(shown(Items()), shown([]))
del Items.__bool__
print(shown(Items()), shown(Items([1])))


print("other bases, another class")


class Empty:
    def __len__(self):
        return 0


class Movable(Plain):
    pass


movable = Movable()
movable.a = 1
print(shown(movable))
Movable.__bases__ = (Empty, Plain)
print(shown(movable))
Movable.__bases__ = (Plain,)
print(shown(movable))
movable.__class__ = Empty
print(shown(movable))
movable.__class__ = Plain
print(shown(movable))
Plain.__bool__ = lambda self: False
print(shown(movable), shown(Below()))
del Plain.__bool__
print(shown(movable), shown(Below()))

print("made by type(), with mixins, in exceptions")
print(shown(type("T", (), {"__bool__": lambda self: False})()), shown(type("T", (Empty, Plain), {})()), shown(type("T", (Plain, Empty), {})()))


class Error(Exception):
    pass


print(shown(Error()), shown(Error))
Error.__len__ = lambda self: len(self.args)
print(shown(Error()), shown(Error(1)))


print("seen while it happens")


class Changing:
    pass


def changes(o, n):
    seen = []
    for i in range(n):
        if i == 2:
            Changing.__bool__ = lambda self: False
        if i == 4:
            del Changing.__bool__
        seen.append(1 if o else 0)
    return seen


print(changes(Changing(), 6))
