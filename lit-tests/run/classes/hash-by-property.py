# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A __hash__ that is no method is bound first: one that comes to None, or cannot be had, makes instances unhashable.
class IsNone:
    @property
    def __hash__(self):
        return None


class Fails:
    @property
    def __hash__(self):
        raise KeyError("hash")


class IsFunction:
    @property
    def __hash__(self):
        return lambda: 5


class IsStatic:
    @staticmethod
    def __hash__():
        return 7


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


for cls in (IsNone, Fails, IsFunction, IsStatic):
    made = cls()
    attempt(lambda: hash(made))
    attempt(lambda: len({made: 1}))
    attempt(lambda: len({made, made}))
    attempt(lambda: {}.get(made))
    attempt(lambda: hash((made, 1)) == hash((made, 1)))
