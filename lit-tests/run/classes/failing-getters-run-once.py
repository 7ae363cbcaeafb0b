# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# getattr() with a default, hasattr() and patterns run a getter once, when it raises AttributeError at a site that knows it, too.
import types

calls = []
fails = False


def answer(what):
    calls.append(what)
    if fails:
        raise AttributeError(what)
    return what


class Meta(type):
    @property
    def ofmeta(cls):
        return answer("metaclass")


class Descriptor:
    def __get__(self, o, t):
        return answer("__get__")


class C(metaclass=Meta):
    plain = Descriptor()

    @property
    def getter(self):
        return answer("property")


class Asked:
    def __getattr__(self, name):
        return answer("__getattr__")

    @property
    def getter(self):
        return answer("property")


module = types.ModuleType("module")
module.__getattr__ = lambda name: answer("module")
c, asked = C(), Asked()
SITES = (
    lambda: getattr(c, "getter", 0),
    lambda: hasattr(c, "getter"),
    lambda: getattr(c, "plain", 0),
    lambda: hasattr(c, "plain"),
    lambda: getattr(C, "plain", 0),
    lambda: hasattr(C, "plain"),
    lambda: getattr(C, "ofmeta", 0),
    lambda: hasattr(C, "ofmeta"),
    lambda: getattr(asked, "getter", 0),
    lambda: hasattr(asked, "getter"),
    lambda: getattr(asked, "other", 0),
    lambda: hasattr(asked, "other"),
    lambda: getattr(module, "other", 0),
    lambda: hasattr(module, "other"),
)


def match(o):
    match o:
        case C(getter=x):
            return x
        case _:
            return None


for i, site in enumerate(SITES + (lambda: match(c),)):
    for fails in (False, False, True, True, False):
        calls.clear()
        print(i, fails, site(), *calls)
