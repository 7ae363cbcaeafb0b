# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# super(C, o), in all that o and C may be.
import gc
import sys


class Base:
    def name(self): return f"Base.name of {type(self).__name__}"

    @classmethod
    def made(cls): return f"Base.made of {cls.__name__}"


class Middle(Base):
    def name(self): return "Middle, " + super(Middle, self).name()


class Last(Middle):
    def name(self): return "Last, " + super(Last, self).name()
    def skipping(self): return super(Middle, self).name()

    @classmethod
    def made(cls): return "Last, " + super(Last, cls).made()


class Claims:
    __class__ = Last


class Own(super):
    def __init__(self, *arguments):
        print("Own", len(arguments))
        super(Own, self).__init__(*arguments)


def tried(call):
    try: return call()
    except (TypeError, AttributeError) as error: return f"{type(error).__name__}: {error}"


o = Last()
for _ in range(3):
    print(o.name(), o.skipping(), Last.made(), o.made(), sep=" | ")
    print(tried(lambda: super(Last, 5)))
    print(tried(lambda: super(5, o)))
    print(tried(lambda: super(Last, Base())))
    print(tried(lambda: super(Last, None)), tried(lambda: super(Last, None).name))
    print(tried(lambda: super(Last, o).missing))
    print(tried(lambda: super(Last, Claims()).name()))
    print(tried(lambda: super(Last, o, 1)))
    print(tried(lambda: Own(Last, o).name()))
    print(tried(lambda: super(Last, o).__thisclass__), tried(lambda: super(Last, o).__self__ is o), tried(lambda: super(Last, o).__class__))

s = super(Last, o)
print(gc.is_tracked(s), s, sys.getrefcount(o))
del s
print(sys.getrefcount(o))


def patched():
    global super
    super = lambda cls, self: f"patched {cls.__name__}"
    try: return tried(lambda: super(Last, o))
    finally: del super


print(patched(), o.name())
