# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
#
# What isinstance has answered of two classes is asked again once one of them, or what they derive from, has changed.
class Base:
    pass


class Other:
    pass


class Thing(Base):
    pass


def asks(o, times=3):
    return [(isinstance(o, Base), isinstance(o, Other), isinstance(o, (int, Other)), isinstance(o, int)) for _ in range(times)]


thing = Thing()
print(asks(thing))
Thing.__bases__ = (Other,)
print(asks(thing))
Thing.__bases__ = (Other, Base)
print(asks(thing))
Thing.__bases__ = (Base,)
print(asks(thing))



class Claims(Base):
    __class__ = property(lambda self: Other)


Thing.__bases__ = (Claims,)
print(asks(thing))
Thing.__bases__ = (Base,)
print(asks(thing))
Thing.__getattribute__ = lambda self, name: int if name == "__class__" else object.__getattribute__(self, name)
print(asks(thing))
del Thing.__getattribute__
print(asks(thing))

thing.__class__ = Other
print(asks(thing))


class Meta(type):
    def __instancecheck__(cls, o):
        return "asked"


class Late(Base, metaclass=Meta):
    pass


print([isinstance(5, Late), isinstance(thing, Late), isinstance(Late(), Late)])

# Many pairs of classes, more than are remembered.
classes = [type(f"C{n}", (Base if n % 3 else Other,), {}) for n in range(60)]
objects = [c() for c in classes]
for _ in range(2):
    print(sum(isinstance(o, c) for o in objects for c in classes), sum(isinstance(o, Base) for o in objects), sum(isinstance(o, (str, Other)) for o in objects))
