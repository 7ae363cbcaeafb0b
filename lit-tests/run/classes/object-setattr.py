# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# object.__setattr__ passes by what the class has for that, as classes do that forbid stores; places that are known do not outlive what changes.
import dataclasses


class Closed:
    def __init__(self, x, y):
        object.__setattr__(self, "x", x)
        object.__setattr__(self, "y", y)

    def __setattr__(self, name, value):
        raise AttributeError("closed: " + name)

    def moved(self, x):
        object.__setattr__(self, "x", x)
        return self


class Slotted:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        object.__setattr__(self, "y", y)
        object.__setattr__(self, "x", x)

    def __setattr__(self, name, value):
        raise AttributeError("slotted: " + name)

    def moved(self, x):
        object.__setattr__(self, "x", x)
        return self


class Property(Closed):
    @property
    def x(self):
        return "got"

    @x.setter
    def x(self, value):
        print("property set to", value)


class Text(str):
    def moved(self, x):
        object.__setattr__(self, "x", x)
        return self


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)


@dataclasses.dataclass(frozen=True)
class Frozen:
    a: int
    b: list = dataclasses.field(default_factory=list)


def all_moved(objects, x):
    for o in objects:
        o.moved(x)
    return [o.x for o in objects]


objects = [Closed(1, 2), Slotted(3, 4), Closed(5, 6)]
for _ in range(3):
    print(all_moved(objects, _), vars(objects[0]), objects[1].y)
for o in objects:
    try:
        o.x = 1
    except AttributeError as error:
        print(error)
print([o.name for o in all_moved([Text("t"), Closed(0, 0)], Noisy("first"))])
held = Closed(Noisy("x"), Noisy("y"))
held.moved(Noisy("second"))
print("between")
held.__dict__["z"] = 1
held.moved(Noisy("third"))
print(list(vars(held)))
del held
p = Property(1, 2)
print(p.moved(7).x, vars(p))
# The class comes to have a property, a slot's name goes, an instance gets another class.
Closed.x = property(lambda self: "hidden", lambda self, value: print("set", value))
print(all_moved(objects, 9))
del Closed.x
print(all_moved(objects, 10))
object.__setattr__(objects[0], "__dict__", {"q": 1})
print(all_moved(objects, 11), vars(objects[0]))
object.__setattr__(objects[2], "__class__", Property)
print(all_moved(objects, 12), vars(objects[2]))
f = Frozen(1)
f.b.append(2)
print(f, hash(Frozen(1, ())), f == Frozen(1, [2]), dataclasses.replace(f, a=5))
for wrong in ((1, "x", 2), (len, "x", 2), (int, "x", 2), (f, 5, 2), (Slotted(1, 2), "z", 3), (f, "a")):
    try:
        object.__setattr__(*wrong)
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
for wrong in (1, int, Slotted(1, 2)):
    try:
        object.__setattr__(wrong, "z", 3)
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
for n in range(3):
    f = Frozen(n, [n])
    try:
        f.a = 3
    except dataclasses.FrozenInstanceError as error:
        print(error, f)
