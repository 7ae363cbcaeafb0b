# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# One super().name site asked again and again, for different classes and while the classes change.


class Root:
    def m(self):
        return "Root.m"

    @classmethod
    def c(cls):
        return "Root.c " + cls.__name__

    @property
    def p(self):
        return "Root.p"

    v = "Root.v"


class Left(Root):
    def m(self):
        return "Left.m > " + super().m()

    @classmethod
    def c(cls):
        return "Left.c > " + super().c()

    @property
    def p(self):
        return "Left.p > " + super().p

    def value(self):
        try:
            return super().v
        except AttributeError as e:
            return str(e)


class Right(Root):
    def m(self):
        return "Right.m > " + super().m()


class Both(Left, Right):
    pass


class Elsewhere:
    v = "Elsewhere.v"

    def m(self):
        return "Elsewhere.m"


objects = Left(), Both(), Left(), Both()
for change in (
    lambda: None,
    lambda: setattr(Right, "v", "Right.v"),
    lambda: setattr(Root, "m", lambda self: "new Root.m"),
    lambda: setattr(Right, "p", property(lambda self: "Right.p")),
    lambda: setattr(Right, "c", classmethod(lambda cls: "Right.c " + cls.__name__)),
    lambda: delattr(Right, "v"),
    lambda: delattr(Root, "v"),
    lambda: setattr(Right, "__bases__", (Elsewhere, Root)),
    lambda: setattr(Elsewhere, "v", property(lambda self: type(self).__name__)),
    lambda: setattr(Both, "__bases__", (Right, Left)),
):
    change()
    for o in objects:
        print(o.m(), "|", o.c(), "|", o.p, "|", o.value())


# Where super() has nothing to work with.
f = lambda: super()
def g(): return super()
def h(*a): return super()
def i(*, k=1): return super()
def j(a): return super()
def k(a):
    del a
    return super()
class Without:
    def m(): return super()
    def n(*a): return super()
    def o(self):
        del self
        return super()
    def p(self):
        return [super() for _ in range(1)]
for q in (f, g, h, i, lambda: j(1), lambda: k(1), Without.m, lambda: Without.n(Without()), Without().o, Without().p):
    try:
        print(q())
    except (RuntimeError, TypeError) as e:
        print(type(e).__name__, e)
try:
    super()
except RuntimeError as e:
    print(e)
