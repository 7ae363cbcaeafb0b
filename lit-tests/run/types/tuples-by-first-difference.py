# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Tuples that are only made to be compared, and others: numbers and texts are ordered where they stand, the rest is asked.
import operator


class Asked:
    def __init__(self, name, equal, less):
        self.name, self.equal, self.less = name, equal, less

    def __eq__(self, other):
        print(self.name, "==", getattr(other, "name", other))
        return self.equal

    def __lt__(self, other):
        print(self.name, "<", getattr(other, "name", other))
        return self.less


nan = float("nan")
ITEMS = [0, -1, 2**53, 2**53 + 1, 2.0**53, 2**62, 2**70, 0.0, -0.0, 1.5, float("inf"), nan, True, "", "a", "ab", "\u00e9", None, (1,), b"x"]
OPERATORS = operator.eq, operator.lt, operator.le, operator.gt, operator.ge, operator.ne


def shown(f, *args):
    try:
        return "%d" % f(*args)
    except TypeError as e:
        return str(e)


def loose(a, b, c, d):
    tests = (lambda: (a, c) == (b, d), lambda: (a, c) < (b, d), lambda: (a, c) <= (b, d), lambda: (a, c) > (b, d),
             lambda: (a, c) >= (b, d), lambda: (a, c) != (b, d))
    return [shown(t) for t in tests]


for a in ITEMS:
    for b in ITEMS:
        tuples = [shown(op, (a, 7), (b, 8)) for op in OPERATORS]
        lists = [shown(op, [a, 7], [b, 8]) for op in OPERATORS]
        print(ascii(a), ascii(b), *tuples, tuples == lists == loose(a, b, 7, 8))
print((nan, 1) == (nan, 1), (nan, 1) < (nan, 2), (float("nan"), 1) < (nan, 2))


class Event:
    def __init__(self, time, number):
        self.time, self.number = time, number

    def __lt__(self, other):
        return (self.time, self.number) < (other.time, other.number)


print([(e.time, e.number) for e in sorted(Event(t, n) for t, n in [(2.5, 1), (0.5, 2), (2.5, 0), (1, 9), (1.0, 3), (float("inf"), 4)])])
for equal in (True, False):
    for less in (True, False):
        x, y = Asked("x", equal, less), Asked("y", equal, less)
        print((x, 1) < (y, 2), (1, x) < (1, y), (1.5, x) < (1.5, y), ("t", x) < ("t", y))
