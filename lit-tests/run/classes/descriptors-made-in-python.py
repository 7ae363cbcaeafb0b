# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Sites that read an attribute through a descriptor made in Python go on asking it, until it, its class or the instance says otherwise.


class Plain:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner):
        return getattr(instance, self.name)


class Data(Plain):
    def __set__(self, instance, value):
        setattr(instance, self.name, value)


class Fails:
    def __get__(self, instance, owner):
        raise AttributeError("not yet")


class Owner:
    plain = Plain()
    data = Data()
    fails = Fails()

    def __init__(self):
        self._plain, self._data = 1, 2


class Under(Owner):
    def __getattr__(self, name):
        return "asked for " + name


def read(o, times=3):
    return [(o.plain, o.data) for _ in range(times)]


def fails(o):
    try:
        return o.fails
    except AttributeError as e:
        return f"{e} {e.name} {e.obj is o}"


o, u = Owner(), Under()
print(read(o), read(u), fails(o), fails(o), fails(u), fails(u))
o._plain = 5
o.data = 6
print(read(o), vars(o))
o.__dict__["plain"] = "own"
o.__dict__["data"] = "hidden"
print(read(o), read(Owner()))
del o.__dict__["plain"]
print(read(o))


def step(i):
    """Changes something, then says what the very same sites see."""
    if i == 1:
        o.__dict__["plain"] = "own again"
    elif i == 2:
        Plain.__set__ = lambda self, instance, value: None
    elif i == 3:
        del Plain.__set__
    elif i == 4:
        Plain.__get__ = lambda self, instance, owner: (owner.__name__, self.name)
    elif i == 5:
        get.append(Plain.__get__)
        del Plain.__get__
    elif i == 6:
        Plain.__get__ = get.pop()
        del o.__dict__["plain"]
    elif i == 7:
        Owner.__dict__["plain"].__class__ = Other
    elif i == 8:
        Owner.data = 7
    elif i == 9:
        del o.__dict__["data"], Owner.data
        Under.data = Data()
        Under.data.__set_name__(Under, "data")
    elif i == 10:
        o.__class__ = Under


class Other:
    def __get__(self, instance, owner):
        return "other"

    def __repr__(self):
        return "Other()"


get = []
for i in range(12):
    try:
        step(i)
    except AttributeError as e:
        print(e)
    for _ in range(2):
        seen = []
        for v in (o, o, u):
            for name in ("plain", "data"):
                try:
                    value = v.plain if name == "plain" else v.data
                    seen.append(value if not isinstance(value, Plain) else type(value).__name__)
                except AttributeError as e:
                    seen.append(str(e))
    print(i, seen)


class Counts:
    """Lets go of itself while it is asked."""

    def __get__(self, instance, owner):
        if "gone" in vars(owner):
            del owner.gone
        return "still here"

    def __del__(self):
        print("dropped")


class Holder:
    gone = Counts()


for _ in range(3):
    try:
        print(Holder().gone)
    except AttributeError as e:
        print(e)


class Cached:
    def __init__(self, f):
        self.f = f

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        instance.__dict__[self.name] = value = self.f(instance)
        return value


class Uses:
    @Cached
    def value(self):
        print("computed")
        return 3


def twice(x):
    return [x.value for _ in range(2)]


a = Uses()
print(twice(a), twice(Uses()), twice(a))
