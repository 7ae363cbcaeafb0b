import sys
import weakref
import extension as e

# Values by value, and by reference.
for v in (0, -1, 2**62, -(2**62), 2**63, 10**40, -(10**40), 1.5, -0.0, float("inf"), 5e-324, 1e308, 1 + 2j, "", "a", "é", "\u20ac", "\U0001f600", "\ud800x", "a\0b", b"",
          b"\x00\xff", (), (1, (2, "x")), None, True, False, ..., slice(1, None, 2), range(1, 9, 3), frozenset({1}), [], [1, [2]], {}, {"a": {"b": 1}}, {1}, int, ValueError):
    print(ascii(e.describe(v)))
    r = e.call_with(lambda x: x, (v,))
    print(type(r).__name__, r == v, ascii(r))
nan = float("nan")
print(e.call_with(lambda x: x != x, (nan,)), e.twice(2**62), e.twice("ab"), e.twice([1]), e.twice(1.5), e.twice((1,)))

# Containers that C changes.
l = [5, 6]
e.change(l)
print(l[0], l[1] is l, len(l))
d = {"k": 1}
e.change(d)
print(d)
s = {1}
e.change(s)
print(s == {1, None})
try:
    e.change(3)
except TypeError as x:
    print(x)
kept = [1, 2]
e.keep(kept)
kept.append(3)
print(e.give(), e.give() is kept)
e.change(kept)
print(kept[:2])
inner = {"x": []}
e.keep({"inner": inner})
inner["x"].append(1)
print(e.give())
e.give()["inner"]["y"] = 2
print(inner)


# Objects of the program.
class Thing:
    made = 0

    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        return Thing(self.n + other.n)

    def __repr__(self):
        return f"Thing({self.n})"

    def __str__(self):
        return f"thing {self.n}"

    def __call__(self, *args):
        return args, self.n


t = Thing(4)
print(e.describe(t), e.twice(t), e.call_with(t, (1, 2)), e.call_with(Thing, (3,)), e.call_with(t.__add__, (t,)))
e.keep(t)
print(e.give() is t)
w = weakref.ref(t)
del t
print(w())
e.keep(None)
print(w(), e.give())
e.keep(Thing)
print(e.give() is Thing, e.call_with(isinstance, (Thing(1), Thing)))


def gen():
    yield from e.call_with(iter, ([1, 2],))


print(list(gen()), e.call_with(list, (gen(),)), e.call_with(sorted, ([3, 1, 2],)), e.call_with(sum, ((x for x in [1, 2]),)))
print(e.call_with(print, ("printed", 1)), e.call_with(max, (1, 5, 3)), e.call_with(dict.fromkeys, ("ab",)))


# Errors.
class Mine(ValueError):
    def __init__(self, a, b=2):
        super().__init__(a)
        self.b = b


def fails(kind):
    raise kind


for kind in (Mine(1, b=3), KeyError("k"), StopIteration(5), OSError(2, "no", "f"), UnicodeDecodeError("utf8", b"x", 0, 1, "r"), SystemExit(3), KeyboardInterrupt(),
             RecursionError("deep"), ImportError("m", name="n"), ExceptionGroup("g", [ValueError(1)]), GeneratorExit()):
    try:
        e.call_with(fails, (kind,))
    except BaseException as x:
        print(x is kind, repr(x), x.__context__)
try:
    e.no_result()
except SystemError as x:
    print("SystemError")
try:
    e.call_with(1, ())
except TypeError as x:
    print(x)
try:
    e.twice()
except TypeError as x:
    print(x)
try:
    e.twice(object())
except TypeError as x:
    print(x)
try:
    e.nothing
except AttributeError as x:
    print(x)
try:
    try:
        1 / 0
    except ZeroDivisionError as z:
        e.keep(z)
        raise e.give() from KeyError("cause")
except ZeroDivisionError as x:
    print(repr(x), repr(x.__cause__), x is e.give())


def deep(n):
    return e.call_with(deep, (n - 1,)) if n else "bottom"


def signed(a, /, b, c=1.5, *rest, d, e: int = 2, **more):
    pass


print(e.signature(signed), e.signature(Thing.__call__), e.signature(t_method := Thing(1).__add__), e.signature(lambda: 0))
print(deep(100))
sys.stdout.write(e.describe(sys.stdout.encoding) + "\n")
