# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Functions with ** that get no keywords: by position, with defaults, as an empty **, and through a bound method.
import sys


class Part:
    def update(self, value=None, other="other", /, *, last="last", **more):
        if more:
            return value, other, last, sorted(more.items())
        return value, other, last

    def handed(self, value, **more):
        return self.update(value, **more)

    def renamed(self, **more):
        return self.update(value=1, **more)


def plain(a, b=2, **more):
    return (a, b, more) if b == 3 else (a, b)


def needed(a, *, b, **more):
    return a, b


def spread(f, *given, **more):
    return f(*given, **more)


def error(f, *given, **more):
    try:
        return spread(f, *given, **more)
    except TypeError as e:
        return str(e)


part = Part()
for _ in range(3):
    print(part.update(), part.update(1), part.update(1, 2), part.update(1, 2, last=3))
    print(part.handed(1), part.handed(1, last=2), part.handed(1, x=2), part.renamed(), part.renamed(y=1))
    print(plain(1), plain(1, 3), plain(1, 3, c=4), plain(1, c=4), plain(b=3, a=1), plain(**{}, a=0))
    print(spread(part.update), spread(part.update, 1), spread(part.update, 1, 2, last=3, x=4), spread(Part.update, part, 5))
    print(spread(plain, 1), spread(plain, 1, 3), spread(plain, 1, c=2))
    print(error(part.update, 1, 2, 3), error(part.handed), error(plain), error(plain, 1, 2, 3), error(needed, 1), error(needed, 1, c=2), needed(1, b=2), sep="\n")

# The defaults of a function may change, and be more than it takes.
plain.__defaults__ = (7,)
print(plain(1), spread(plain, 1))
plain.__defaults__ = (5, 6, 7)
print(plain(), plain(1), spread(plain))
needed.__kwdefaults__ = {"b": "default"}
print(needed(1), spread(needed, 1))
needed.__kwdefaults__ = {"c": "unused", "b": "default"}
print(needed(1), spread(needed, 1))
needed.__kwdefaults__ = None
print(error(needed, 1))


class Seen:
    def counts(self, **more):
        return sys.getrefcount(self)

    def method(self, value=None, **more):
        return self.method.__func__ is Seen.__dict__["method"]

    def falls(self, n, **more):
        return self.falls(n + 1, **more)


seen = Seen()
print(spread(seen.counts), spread(seen.counts, x=1))
print(spread(seen.method), spread(seen.method, 1))
try:
    spread(seen.falls, 0)
except RecursionError as e:
    print(type(e).__name__, e)


class Gone:
    def __del__(self):
        print("gone")

    def last(self, *given, **more):
        print("in", given, more)


spread(Gone().last)
spread(Gone().last, 1, a=2)
print("end")
