# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# o.__dict__ of classes with a __getattr__: the dict that the instance has, or what __getattr__ says where the class gives none.
class Open:
    def __init__(self):
        self.a = 1

    def __getattr__(self, name):
        print("asked for", name)
        if name == "__dict__":
            return {"made": True}
        raise AttributeError(name)


class Slotted:
    __slots__ = ("a",)
    __getattr__ = Open.__getattr__

    def __init__(self):
        self.a = 1


class Refusing(Open):
    @property
    def __dict__(self):
        raise AttributeError("no dict here")


class Fault(Exception):
    __getattr__ = Open.__getattr__


class Numbers(dict):
    __getattr__ = Open.__getattr__


def dicts(o):
    found = []
    for _ in range(3):
        found.append(o.__dict__)
    return found, found[0] is found[1] is found[2]


for cls in Open, Slotted, Refusing, Fault, Numbers, Open:
    o = cls()
    print(cls.__name__, *dicts(o))
    o.a = 2
    print(cls.__name__, *dicts(o))
o = Open()
for step in range(6):
    print(step, o.__dict__, vars(o))
    if step == 0:
        o.__dict__ = {"b": 5}
    elif step == 1:
        o.b += 1
    elif step == 2:
        o.__class__ = Refusing
    elif step == 3:
        o.__class__ = Open
        del o.b
    elif step == 4:
        Open.__dict__["__dict__"].__delete__(o)
try:
    Open().missing
except AttributeError as e:
    print(e)
Open.__dict__["__dict__"].__get__(o)["z"] = 1
print(o.z, o.__dict__)
Slotted.__dict__["a"].__delete__(s := Slotted())
print(dicts(s))
