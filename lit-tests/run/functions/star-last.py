# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Calls whose last argument is *iterable: of functions, methods, classes, builtins and through super().
import traceback


def f(*args, **kwargs):
    return args, kwargs


class Base:
    def __init__(self, *args):
        self.args = args

    def method(self, a, b=2, *rest):
        return a, b, rest

    @classmethod
    def made(cls, *args):
        return cls(*args).args

    @staticmethod
    def static(*args):
        return args


class Derived(Base):
    def __init__(self, first, *args):
        super().__init__(first, *args)

    def method(self, *args):
        return super().method(*args), super().method(0, *args)


def numbers():
    yield 1
    yield 2


items = [7, 8]
print(f(*items), f(1, *items), f(1, 2, *(3, 4)), f(1, *numbers()), f(1, *"ab"), f(1, *{}), f(*range(3)))
print(f(1, *items, 3), f(*items, *items), f(1, *items, k=2), f(1, *items, **{"k": 3}), f(*items, k=1))
b, d = Base(1, *items), Derived(1, *items)
print(b.args, d.args, b.method(*items), b.method(0, *items), b.method(0, *range(5)), d.method(*items))
print(Base.made(*items), Derived.made(1, *items), Base.static(*items), b.static(0, *items), Base.method(b, *items))
b.own = f
print(b.own(*items), b.own(1, *items), max(1, *items), [].__class__(*[items]), print("a", *items))
print("{} {} {}".format(0, *items), items.__getitem__(*[1]), dict(*[[(1, 2)]]), " ".join(*[["a", "b"]]))
print((lambda *a: a)(0, *items), f(*(), *()), f(1, *[]))

for wrong in (lambda: f(1, *5), lambda: f(*5), lambda: b.method(1, *None), lambda: b.method(*None), lambda: b.absent(1, *items),
              lambda: b.method(1, 2, *{}.x), lambda: b.method(*()), lambda: int(1, *items), lambda: (None,)[0](1, *items),
              lambda: d.method.x(*items)):
    try:
        wrong()
    except Exception as e:
        print(type(e).__name__, e)


def order(name, result):
    print("evaluates", name)
    return result


order("callee", b).method(order("first", 1), *order("last", [2, 3]))
try:
    b.method(order("first", 1), *order("last", 1))
except TypeError as e:
    print(e)


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)


def drops(a, b):
    del a, b
    print("dropped")


drops(Loud("a"), *[Loud("b")])
drops(*[Loud("c"), Loud("d")])


class Holder:
    def drops(self, a, b):
        del a, b
        print("dropped")


Holder().drops(Loud("e"), *(Loud("f"),))


def fails(*args):
    raise ValueError(args)


class Chain:
    def chain(self, *args):
        return self

    def fails(self, *args):
        raise ValueError(args)


try:
    fails(
        1,
        *items
    )
except ValueError:
    print(traceback.format_exc().replace(__file__, "FILE"))
try:
    (Chain()
     .chain(1, *items)
     .fails(2,
            *items))
except ValueError:
    print(traceback.format_exc().replace(__file__, "FILE"))
