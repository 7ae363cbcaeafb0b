# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Functions with * and ** bound from calls by position, by keyword and by unpacking; classes and methods called with unpacked arguments.
import sys


def both(a, b=2, *rest, k=3, **extra):
    return a, b, rest, k, extra


def only(*rest):
    return rest


def names(a, /, **extra):
    return a, list(extra.items())


class C:
    def __init__(self, a, b, c, d, e, f=6, **extra):
        self.all = (a, b, c, d, e, f, extra)

    def m(self, *rest, **extra):
        return rest, extra

    @classmethod
    def made(cls, *args, **kwargs):
        return cls(*args, **kwargs)


def pass_on(f, /, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except TypeError as e:
        return f"TypeError: {e}"


for f in both, only, names, C.made, C(1, 2, 3, 4, 5).m, dict, C:
    for args in (), (1,), (1, 2, 3, 4, 5), (1, 2, 3, 4, 5, 6), range(7):
        for kwargs in {}, {"k": 9}, {"z": 1, "y": 2}, {"a": 1}, {"f": 0, "x": 1}, {"".join(["a", ""]): 5}, {"b" + str("")[:0]: 1, "q": 2}, {7: 1}:
            try:
                r = f(*args, **kwargs)
                r = r.all if isinstance(r, C) else r
            except TypeError as e:
                r = f"TypeError: {e}"
            other = pass_on(f, *args, **{k: v for k, v in kwargs.items() if isinstance(k, str)})
            other = other.all if isinstance(other, C) else other
            print(f.__name__, r, "" if r == other else other)

token = object()
before = sys.getrefcount(token)
for _ in range(5):
    both(token, token, token, k=token, z=token)
    both(*[token] * 4, **{"k": token, "w": token})
    pass_on(C, token, token, token, token, token, g=token)
    pass_on(both, z=token)
    pass_on(names, token, token, z=token)
print(sys.getrefcount(token) - before)

copy = both.__code__.replace(co_varnames=("a", "b", "k", "rest", "extra"))
both.__code__ = copy
print(both(1, 2, 3, k=4, z=5), pass_on(both, 1, a=2), both(**{"".join(["a"]): 0, "".join("b"): 7}))
