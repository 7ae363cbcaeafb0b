# RUN: krait run -O0 %s 2>&1 | diff %s.out -
# RUN: krait run -O2 %s 2>&1 | diff %s.out -
# RUN: krait-interp %s 2>&1 | diff %s.out -
# Calls of builtin classes with an argument or none make their objects at once, by whatever way they are called; subclasses, keywords
# and wrong arguments do what they always did.
import sys
import warnings

warnings.simplefilter("ignore", DeprecationWarning)

CLASSES = [list, tuple, set, frozenset, dict, str, bytes, bytearray, int, float, bool, complex, object, range, reversed, zip,
           map, filter, slice, type, memoryview]
ARGUMENTS = [(), (3,), (2.5,), ("12",), (b"12",), ([1, 2],), ((1, 2),), ({"a": 1},), (None,), (True,), (range(2),), ("1", "2"), ("11", 3),
             (1, 2, 3), ([(1, 2)],)]


def shown(v):
    if type(v) in (zip, map, filter, enumerate, reversed) or type(v).__name__.endswith("iterator"):
        return type(v).__name__, list(v)
    if type(v) is object:
        return "an object"
    if type(v) is memoryview:
        return bytes(v)
    if type(v) in (set, frozenset):
        return type(v), sorted(v)
    return type(v).__name__, v


def told(call):
    try:
        return shown(call())
    except (TypeError, ValueError, LookupError, AttributeError) as e:
        return f"{type(e).__name__}: {e}"


for cls in CLASSES:
    for args in ARGUMENTS:
        ways = [told(lambda: cls(*args)), told(lambda: cls.__call__(*args)), told(lambda: type.__call__(cls, *args))]
        if len(args) == 0:
            ways.append(told(lambda: cls()))
        elif len(args) == 1:
            a, = args
            ways.append(told(lambda: cls(a)))
            ways.append(told(lambda: next(map(cls, [a]))))
        elif len(args) == 2:
            a, b = args
            ways.append(told(lambda: cls(a, b)))
        print(cls.__name__, args, *dict.fromkeys(map(str, ways)))

print("keywords")
for call in (lambda: dict(a=1, b=2), lambda: dict([(1, 2)], a=3), lambda: int("11", base=2), lambda: int("z", base=36), lambda: int(x="1"),
             lambda: int(base=2), lambda: str(object=b"a", encoding="ascii"), lambda: str(b"\xff", errors="replace"), lambda: list(iterable=[]),
             lambda: tuple(sequence=()), lambda: set(x=1), lambda: frozenset(x=1), lambda: float(x=1), lambda: bool(x=1),
             lambda: bytes("a", encoding="ascii"), lambda: bytearray(source=b"ab"), lambda: enumerate("ab", start=5), lambda: enumerate(iterable="ab"),
             lambda: zip([1], [2], strict=True), lambda: zip(a=1), lambda: range(stop=3), lambda: object(a=1), lambda: type(a=1),
             lambda: complex(real=1, imag=2), lambda: reversed(sequence=[]), lambda: map(function=1)):
    print(told(call))

print("what is given is kept, and what is made is new")
text, pair, whole, data, frozen = str(12), (1, 2), 10 ** 30, bytes([1, 2]), frozenset([1])
print(str(text) is text, tuple(pair) is pair, int(whole) is whole, bytes(data) is data, frozenset(frozen) is frozen)
items = [1]
made = list(items), list(items)
print(made[0] is made[1], made[0] is items, tuple() is tuple(), frozenset() is frozenset())
print(sys.getrefcount(list(items)), sys.getrefcount(items))

print("classes with a say of their own")


class Loud(list):
    def __new__(cls, *args):
        print("new", args)
        return super().__new__(cls, *args)

    def __init__(self, *args):
        print("init", args)
        super().__init__(*args)


class Word(str):
    def __new__(cls, text="nothing"):
        return super().__new__(cls, text.upper())


class Count(int):
    pass


class Answers:
    def __init__(self, given):
        self.given = given

    def __int__(self):
        return self.given

    def __bool__(self):
        return self.given

    def __str__(self):
        return self.given

    def __bytes__(self):
        return self.given

    def __iter__(self):
        return iter(self.given)

    def __float__(self):
        return self.given


print(Loud(), Loud([1]), Word(), Word("a"), type(Count(3)), Count(), Count("4"))
for given in (3, True, "text", b"b", [1, 2], 2.5, None):
    print(given, [told(lambda: cls(Answers(given))) for cls in (int, bool, str, bytes, list, tuple, set, float, frozenset)])


class Meta(type):
    def __call__(cls, *args):
        return "called", cls.__name__, args


class Made(list, metaclass=Meta):
    pass


print(Made(), Made([1]))

print("levels of recursion")


class Deep:
    """Asks its own kind again, to the limit."""

    def __init__(self, cls):
        self.cls = cls

    def deeper(self):
        global depth
        depth += 1
        self.cls(self)
        return iter(())

    __iter__ = deeper

    def __int__(self):
        self.deeper()
        return 1

    __float__ = __bool__ = __index__ = __int__

    def __str__(self):
        self.deeper()
        return ""

    def __bytes__(self):
        self.deeper()
        return b""


for cls in (list, tuple, set, frozenset, bytes, int, float, bool):
    depth = 0
    try:
        cls(Deep(cls))
    except RecursionError as e:
        print(cls.__name__, depth, e)
