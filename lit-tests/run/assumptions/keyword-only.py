# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Functions with keyword-only parameters are entered directly: arguments by name, and default values that stay those of their `def`
# only as long as nobody changes them.


def area(width, height=2, *, scale=1, offset):
    return width * height * scale + offset


def scaled(x, *, by=3, plus=0):
    return x * by + plus


def words(first, *, sep="-", end=None):
    return first + sep + str(end)


class Box:
    def __init__(self, value, *, name="box", tags=()):
        self.value, self.name, self.tags = value, name, tags

    def moved(self, *, dx, dy=0):
        return self.value + dx * 10 + dy

    def __repr__(self):
        return f"{self.name}({self.value}, {self.tags})"


class Special(Box):
    def moved(self, *, dy=7, dx=1):
        return (dx, dy)


def rounds(n):
    total = 0
    for i in range(n):
        total += scaled(i, by=2, plus=1)
        total += scaled(i, plus=i)
        total += scaled(i)
        total += area(i, offset=1)
        total += area(height=i, width=3, offset=2, scale=5)
    return total


def boxes(kinds):
    out = []
    for kind in kinds:
        b = kind(len(out), tags=("x",))
        out.append((b, b.moved(dx=2), b.moved(dy=1, dx=3)))
    return out


def tried(f):
    try:
        return f()
    except TypeError as e:
        return e


print(rounds(50))
print(boxes([Box, Special, Box, Special]))
print(words("a"), words("a", end=1), words("a", end=2.5, sep="+"), words("b", sep=","))

# Wrong calls say what is wrong.
print(tried(lambda: area(1)))
print(tried(lambda: area(1, 2, 3)))
print(tried(lambda: area(1, 2, 3, offset=4)))
print(tried(lambda: area(1, offset=1, offset_=2)))
print(tried(lambda: area(offset=1)))
print(tried(lambda: area(1, width=2, offset=1)))
print(tried(lambda: Box(1).moved()))
print(tried(lambda: Box(1).moved(3)))
print(tried(lambda: Box(1, "x")))
print(tried(lambda: scaled(1, 2)))

# The dict of the default values is changed, taken, put into another order, shared.
scaled.__kwdefaults__["by"] = 100
print(rounds(3), scaled(1), scaled(1, plus=2))
scaled.__kwdefaults__ = {"plus": 1000, "by": 4}
print(rounds(3), scaled(1), scaled(1, plus=2), scaled(1, by=2))
scaled.__kwdefaults__["more"] = 1
print(scaled(2))
del scaled.__kwdefaults__["plus"]
print(tried(lambda: scaled(1)), scaled(1, plus=5))
scaled.__kwdefaults__["plus"] = 6
print(scaled(1), scaled(1, by=7))
scaled.__kwdefaults__ = None
print(tried(lambda: scaled(1)), tried(lambda: rounds(1)), scaled(1, by=2, plus=3))
scaled.__kwdefaults__ = {}
print(tried(lambda: scaled(1, by=1)))
scaled.__kwdefaults__ = {"".join(["b", "y"]): 5, "".join(["pl", "us"]): 6}
print(scaled(1), rounds(2))
scaled.__kwdefaults__ = Box(1).__dict__
print(tried(lambda: scaled(1)))


class Names:
    by = 11
    plus = 12


names = Names()
names.by, names.plus = 13, 14
scaled.__kwdefaults__ = vars(names)
names.by = 15
print(scaled(1), scaled(1, by=2))
names.plus = 16
print(scaled(1), rounds(2))


# A default value that is heard when it dies lives as long as its dict, and what a call was given.
class Heard:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)


def holds(*, what=Heard("default")):
    holds.__kwdefaults__ = None
    print("inside", what.name)
    del what
    print("after")


holds()
print(tried(lambda: holds()))
holds(what=Heard("argument"))


def kept(a, *, b):
    a = None
    print("a gone")
    b = None
    print("b gone")


kept(Heard("first"), b=Heard("second"))
kept(b=Heard("third"), a=Heard("fourth"))


def shown(a, *, b=2, c):
    return sorted(locals().items())


print(shown(1, c=3), shown(c=4, a=5, b=6))


def inner(x, *, y=0):
    return x // y


def outer():
    return inner(1, y=0) + 1


try:
    outer()
except ZeroDivisionError as e:
    tb = e.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, tb.tb_lineno, sorted(tb.tb_frame.f_locals) if tb.tb_frame.f_code.co_name == "inner" else "")
        tb = tb.tb_next


# The function is another one.
def scaled(x, *, plus=1, by=2):
    return (x, by, plus)


print(scaled(1), scaled(1, by=5))
print(tried(lambda: rounds(1)))


# Default values behind parameters that have none, of methods, and of what stands beside a loop with a handler.
class Shape:
    def moved(self, x, /, y=1, *, must, dx=10, dy=20):
        try:
            return self.name, x + dx, y + dy, must
        except AttributeError as e:
            return str(e)


class Named(Shape):
    name = "named"


def all_moved(shapes):
    return [s.moved(1, must=s is not None, dy=n) for n, s in enumerate(shapes)] + [s.moved(2, 3, must=0) for s in shapes]


print(all_moved([Shape(), Named(), Named()]))
Shape.moved.__kwdefaults__["must"] = "now"
print(Named().moved(4), all_moved([Named()]))
Shape.moved.__kwdefaults__ = {"must": 1, "dx": 2, "dy": 3}
print(Named().moved(4), all_moved([Named()]))
