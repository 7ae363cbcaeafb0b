# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Fields of builtin objects by sites that know them, and descriptors of builtin classes and of slots, in a class that they are not made for: every access is refused.
class Slotted:
    __slots__ = ("x",)


class Other:
    __slots__ = ("y",)
    x = Slotted.x
    real = int.real
    args = BaseException.args
    name = type(len).__name__


def take(o, getter):
    try:
        return getter(o)
    except TypeError as e:
        return str(e)


o = Other()
o.y = [1]
for _ in range(3):
    print(take(o, lambda o: o.x))
    print(take(o, lambda o: o.real))
    print(take(o, lambda o: o.args))
    print(take(o, lambda o: o.x.bit_length()))
    print(take(o, lambda o: o.real.bit_length()))
    print(take(o, lambda o: o.y))


def each(objects):
    found = []
    for thing in objects:
        try:
            found.append(thing.real)
        except TypeError as e:
            found.append(str(e))
        try:
            found.append(thing.real + thing.real)
        except TypeError as e:
            found.append(str(e))
    return found


print(each([1, o, 2.5, o, True, o, 3]))


class Growing:
    @property
    def size(self):
        del type(self).size
        return 1


g = Growing()
print([getattr(g, "size", "none") for _ in range(2)])


def size(g):
    try:
        return g.size
    except AttributeError as e:
        return e.name, str(e)


Growing.size = property(lambda self: 2)
print(size(g))
del Growing.size
print(size(g))


def frame():
    import sys
    return sys._getframe()


f = frame()
for _ in range(3):
    print(f.f_code.co_name, f.f_code.co_firstlineno > 0, f.f_lineno > 0)


def fields(error):
    out = []
    for _ in range(3):
        try:
            out.append((error.filename, error.errno, error.strerror))
        except AttributeError as e:
            out.append((e.name, e.obj is error))
    return out


print(fields(OSError(2, "text", "file")), fields(ValueError(1)), fields(OSError()))
