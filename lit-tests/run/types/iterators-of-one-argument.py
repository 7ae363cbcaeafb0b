# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# reversed, enumerate, range and zip called with one argument by position or none, by names that nobody foresees, and classes derived from them.
import sys


class Loud:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        print("len")
        return self.n

    def __getitem__(self, i):
        if i >= self.n:
            raise IndexError
        return i * i

    def __index__(self):
        print("index")
        return self.n


class Failing:
    def __iter__(self):
        raise ZeroDivisionError("no items")

    __reversed__ = __iter__
    __index__ = __iter__


class Mine(enumerate):
    def __init__(self, *arguments):
        print("init", len(arguments))


class Turned(reversed):
    pass


def outcome(f, *arguments):
    try:
        made = f(*arguments)
        return type(made).__name__, list(made)
    except (TypeError, ZeroDivisionError) as e:
        return type(e).__name__, str(e)


def once(f, argument):
    try:
        made = f(argument)
        return type(made).__name__, list(made)
    except (TypeError, ZeroDivisionError) as e:
        return type(e).__name__, str(e)


def alone(f):
    try:
        return list(f())
    except TypeError as e:
        return str(e)


for f in reversed, enumerate, range, zip, Turned, Mine:
    print(f.__name__, alone(f))
    for argument in [1, 2], (3,), "ab", {"k": 1}, 3, -1, None, 1.5, {5}, Loud(2), Failing(), range(3), iter([1]):
        print("   ", once(f, argument) == outcome(f, argument), once(f, argument))
held = []
counts = sys.getrefcount(held)
kept = [reversed(held), enumerate(held), zip(held)]
print(sys.getrefcount(held) - counts)
del kept
print(sys.getrefcount(held) - counts)
