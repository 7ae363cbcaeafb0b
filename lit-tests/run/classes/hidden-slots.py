# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Sites that have found a slot in instances of one class meet those of bases and subclasses in which a data descriptor hides it, or a plain
# attribute shows what a base hides, from the beginning or since a class was changed.


class Base:
    def __init__(self, x):
        self.x = x
        self.y = 0


class Guarded(Base):
    @property
    def x(self):
        return "guarded", vars(self).get("x")

    @x.setter
    def x(self, value):
        print("set", value)


class Shown(Guarded):
    x = 5


class Guarded2(Shown):
    @property
    def x(self):
        return "guarded again"

    @x.setter
    def x(self, value):
        print("set again", value)


class Below(Guarded2):
    pass


def put(o, value):
    o.x = value


def get(o):
    return o.x


def met(*instances):
    for turn in range(3):
        for o in instances:
            put(o, turn)
        print([get(o) for o in instances])


def from_the_beginning():
    for classes in ((Shown, Guarded), (Guarded, Shown), (Base, Shown, Guarded, Guarded2), (Below, Shown), (Shown, Below, Base)):
        instances = [c(1) for c in classes]
        vars(instances[-1])["x"] = "in the dict"
        met(*instances)


def changed():
    class A:
        def __init__(self):
            self.x = self.y = 1

    class B(A):
        pass

    class C(B):
        pass

    class Mixin:
        pass

    class D(B, Mixin):
        pass

    class E(D):
        x = property(lambda self: "E", lambda self, value: print("E", value))

    def all_of_them():
        met(A(), B(), C(), D(), E())

    all_of_them()
    A.x = "default"
    B.x = "default of B"
    all_of_them()
    Mixin.x = property(lambda self: "Mixin", lambda self, value: print("Mixin", value))
    all_of_them()
    del B.x
    del A.x
    all_of_them()
    B.x = "again"
    all_of_them()
    C.x = property(lambda self: "C", lambda self, value: print("C", value))
    all_of_them()
    C.x = None
    all_of_them()
    del C.x
    del E.x
    all_of_them()


class Words:
    __slots__ = ("x", "z")


class Plain(Words):
    pass


def words():
    a, b = Words(), Plain()
    met(a, b)
    Plain.z = 1
    met(a, b)
    Plain.x = "hides"
    met(a, b)
    print(vars(b), b.z)
    Words.x = 3
    try:
        put(a, 4)
    except AttributeError as e:
        print(e)
    met(b)
    print(get(a))


class Lazy:
    def __init__(self):
        self.value = 1

    def total(self):
        return self.value + (self.cache or 0)

    def keep(self):
        self.cache = 10


class Lazier(Lazy):
    pass


def defaults_of_classes():
    a, b = Lazy(), Lazier()
    b.keep()
    Lazy.cache = None
    print(a.total(), b.total())
    Lazier.cache = 3
    c = Lazier()
    print([o.total() for o in (a, b, c, a, b, c)])
    Lazier.cache = property(lambda self: 100)
    print([o.total() for o in (a, b, c, a, b, c)])
    Lazier.cache = 4
    print([o.total() for o in (a, b, c, a, b, c)])


from_the_beginning()
changed()
words()
defaults_of_classes()
