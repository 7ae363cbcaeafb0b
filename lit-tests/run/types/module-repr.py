# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# What a module's repr() asks for are its attributes: of its dict, of its class, of its function __getattr__, and those of its spec.
import types

Module = types.ModuleType


def show(m):
    try:
        print(repr(m))
    except Exception as e:
        print(type(e).__name__, e)


show(Module("plain"))
m = Module("computed")
m.__getattr__ = lambda name: name * 2
show(m)
del m.__name__, m.__loader__, m.__spec__
m.__getattr__ = lambda name: None
show(m)


def refuses(name):
    raise LookupError(name)


m.__getattr__ = refuses
show(m)
m = Module("gone")
del m.__name__
show(m)


class Own(Module):
    __file__ = property(lambda self: "/own/" + self.__name__)


show(Own("derived"))


class Spec:
    name, origin, loader, has_location = "of spec", None, None, False

    def __init__(self, **attributes):
        self.__dict__.update(attributes)


class Loader:
    def __repr__(self):
        return "LOADER"

    def module_repr(self, module):
        if module.__name__ == "fails":
            raise ValueError
        return "by the loader"


m = Module("m")
for m.__spec__ in Spec(), Spec(loader=Loader()), Spec(name=None), Spec(origin="here"), Spec(origin="here", has_location=True), Spec(name=None, origin=3), "text", "":
    show(m)
m.__loader__ = Loader()
show(m)
m.__name__ = "fails"
show(m)
