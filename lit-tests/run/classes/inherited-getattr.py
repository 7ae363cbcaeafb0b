# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# __getattr__ of a base answers the first attribute that an instance of the subclass lacks.
class Base:
    def __getattr__(self, name):
        if name == "missing":
            raise AttributeError("none called " + name)
        return lambda: "made " + name


class Derived(Base):
    pass


class Further(Derived):
    pass


def read(o):
    return o.read()


print(read(Derived()))
print(getattr(Further(), "write")())
print(hasattr(Further(), "missing"), hasattr(Further(), "other"))
try:
    Derived().missing
except AttributeError as e:
    print(e)
