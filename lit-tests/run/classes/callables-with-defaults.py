# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Objects and classes whose __call__, and descriptors whose __get__, take more or less than the call gives.
import sys


class Adder:
    def __call__(self, a, b=2, *rest, c=3, **named):
        return a, b, rest, c, named


class Two:
    def __call__(self, a, b=5):
        return a, b


class Fixed:
    def __call__(self, a, *, key="k"):
        return a, key


class Meta(type):
    def __call__(cls, value=0, names=None, *, start=1):
        made = super().__call__()
        made.given = (value, names, start)
        return made


class Made(metaclass=Meta):
    pass


class Field:
    def __get__(self, instance, owner=None, extra="e"):
        return instance is None, owner.__name__, extra


class Short:
    def __get__(self, instance):
        return "short"


class Wide:
    def __get__(self, *args):
        return len(args)


class Holder:
    field, short, wide = Field(), Short(), Wide()


def show(f, *args, **named):
    try:
        print(f(*args, **named))
    except TypeError as e:
        print(e)


def calls(f):
    out = []
    for call in (lambda: f(), lambda: f(1), lambda: f(1, 2), lambda: f(1, 2, 3), lambda: f(1, 2, 3, 4), lambda: f(1, 2, 3, 4, 5, 6)):
        try:
            out.append(call())
        except TypeError as e:
            out.append(str(e))
    print(*out, sep="\n")


for o in (Adder(), Two(), Fixed()):
    calls(o)
calls(lambda *args: Made(*args).given)
print(Made().given, Made(1).given, Made(1, 2).given, Made(1, start=4).given)
show(lambda: Made(1, 2, 3))
for _ in range(3):
    print(Holder().field, Holder.field, Holder().wide, Holder.wide)
    show(lambda: Holder().short)
    show(lambda: Holder.short)


class Deep:
    def __init__(self):
        self.depth = 0

    def __call__(self, a=None, b=None):
        self.depth += 1
        return self(a)


sys.setrecursionlimit(200)
for f in (Deep(), Deep()):
    try:
        f(1)
    except RecursionError as e:
        print(f.depth, e)
sys.setrecursionlimit(1000)


class Dying:
    def __del__(self):
        print("dies")

    def __call__(self, a=1):
        global dying
        dying = None
        print("still there")
        return a


dying = Dying()
print(dying())
dying = Dying()
print(dying(5))
Two.__call__ = lambda self: "none"
calls(Two())
del Two.__call__
show(Two(), 1)
