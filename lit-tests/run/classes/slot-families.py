# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# One site reads and writes an attribute of a base class in instances of many subclasses. Whatever hides the attribute in
# one of them, then or later, must be seen by the site.


def get(o):
    try:
        return o.x
    except AttributeError as e:
        return f"AttributeError: {e}"


def put(o, v):
    try:
        o.x = v
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
    return get(o)


def visit(*objects):
    print(*[get(o) for o in objects], "|", *[put(o, n) for n, o in enumerate(objects)])


class Base:
    def __init__(self):
        self.w = "w"
        self.x = "x"


class Child(Base):
    def __init__(self):
        super().__init__()
        self.y = "y"


class Mixin:
    pass


class Mixed(Child, Mixin):
    pass


class Hidden(Base):
    @property
    def x(self):
        return "property"

    @x.setter
    def x(self, v):
        self.__dict__["x"] = ("set", v)


class Default(Base):
    x = "default"

    def __init__(self):
        self.w = "only w"


class Own(Base):
    def __getattribute__(self, name):
        return f"own {name}"


class Setter(Base):
    def __setattr__(self, name, v):
        object.__setattr__(self, name, f"set {v}")


objects = [Base(), Child(), Mixed(), Hidden(), Default(), Own(), Setter()]
visit(*objects)
visit(*objects)

# Chains deeper than layouts list families.
chain = [Base]
for depth in range(9):
    def init(self, depth=depth, up=chain[-1]):
        up.__init__(self)
        setattr(self, f"a{depth}", depth)
        self.deep = depth
    chain.append(type(f"Deep{depth}", (chain[-1],), {"__init__": init}))
deep = [c() for c in chain]
visit(*deep)
visit(*deep)
chain[6].x = property(lambda self: "in the middle")
visit(*deep)
del chain[6].x
visit(*deep)

# Later changes of the class, a subclass, a further base.
for change in (
    lambda: setattr(Child, "x", property(lambda self: "late property")),
    lambda: delattr(Child, "x"),
    lambda: setattr(Child, "x", "late default"),
    lambda: setattr(Mixin, "x", property(lambda self: "from the mixin", lambda self, v: None)),
    lambda: delattr(Child, "x"),
    lambda: delattr(Mixin, "x"),
    lambda: setattr(Base, "__getattribute__", lambda self, name: f"all own {name}"),
    lambda: delattr(Base, "__getattribute__"),
    lambda: setattr(Child, "__setattr__", lambda self, name, v: print("ignored", name, v)),
    lambda: delattr(Child, "__setattr__"),
    lambda: delattr(objects[1], "x"),
    lambda: objects[2].__dict__.clear(),
    lambda: setattr(objects[0], "__class__", Child),
    lambda: setattr(objects[0], "x", "again"),
    lambda: setattr(objects[1], "__dict__", {"x": "new dict"}),
):
    change()
    visit(*objects)


class Other:
    x = property(lambda self: "other base")


class Moved(Base):
    pass


moved = Moved()
visit(moved, Base())
Moved.__bases__ = (Other, Base)
visit(moved, Base())
Moved.__bases__ = (Base,)
visit(moved, Base())


class Slots:
    __slots__ = ("x", "z")

    def __init__(self):
        self.x = "slot"


class SlotsChild(Slots):
    __slots__ = ("more",)


class SlotsAndDict(Slots):
    pass


class SlotsHidden(Slots):
    x = "hidden by a constant"

    def __init__(self):
        pass


class SlotsAgain(Slots):
    __slots__ = ("x",)


slotted = [Slots(), SlotsChild(), SlotsAndDict(), SlotsHidden(), SlotsAgain()]
visit(*slotted)
visit(*slotted)
SlotsChild.x = property(lambda self: "late")
visit(*slotted)
del SlotsChild.x
visit(*slotted)
kept = Slots.x
Slots.x = "gone"
visit(*slotted)
Slots.x = kept
visit(*slotted)
del slotted[0].x
visit(*slotted)


# Half of a pair of special methods: the other half's name is the message.
class OnlySets:
    def __setitem__(self, key, value): pass
    def __set__(self, instance, value): pass


class OnlyDeletes:
    def __delitem__(self, key): pass
    def __delete__(self, instance): pass


class Holder:
    sets, deletes = OnlySets(), OnlyDeletes()


def refused(action):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)


def delete_item():
    del Holder.sets[0]


def store_item():
    Holder.deletes[0] = 1


def delete_attribute():
    del Holder().sets


def store_attribute():
    Holder().deletes = 1


for action in (delete_item, store_item, delete_attribute, store_attribute):
    refused(action)
