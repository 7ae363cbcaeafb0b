# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# Displays of tuples that are only compared are not made: order of evaluation, identity before equality, what the operator of the first
# difference returns, deaths, depth and errors are as if they were.
import sys


class Loud:
    def __init__(self, name, value=0):
        self.name, self.value = name, value

    def __eq__(self, other):
        print(self.name, "==", other.name)
        return self.value == other.value

    def __lt__(self, other):
        print(self.name, "<", other.name)
        return [self.name, other.name]

    def __ge__(self, other):
        return NotImplemented

    def __del__(self):
        print("dies", self.name)


def made(name, value=0):
    print("makes", name)
    return Loud(name, value)


print((made("a"), made("b", 1)) == (made("c"), made("d", 2)))
print((made("a"), made("b", 1)) < (made("c"), made("d", 2)))
print((made("a"),) != (made("b"),))
try:
    print((made("a", 1), 2) >= (made("b", 2), 2))
except TypeError as e:
    print(e)
nan = float("nan")
print((nan, 1) == (nan, 1), (nan,) == (float("nan"),), (nan, 1) < (nan, 2), (nan, 1) != (nan, 1), (nan,) < (nan,), (nan,) <= (nan,))
x = Loud("x")
print((x, 1) < (x, 2), (x, 1) > (x, 2), (x,) >= (x,))
print((1, 2) < (1, 2), (1, 2) <= (1, 2), (1, 2.0) == (True, 2), (1, "a") > (1, "b"), (2**70, 1) > (2**70, 0), (0.5, 1) >= (0.5, 2))
for op in ("<", "<=", "==", "!=", ">", ">="):
    print(op, [eval(f"(a, b) {op} (c, d)") for a in (1, 2) for b in (1, 2) for c in (1, 2) for d in (1, 2)])


def compare(a, b, c, d):
    out = []
    if (a, b) < (c, d):
        out.append("<")
    if not (a, b) == (c, d):
        out.append("!=")
    while (a, b) >= (c, d):
        out.append(">=")
        break
    out.append((a, b) > (c, d) or (a, b) == (c, d))
    out.append((a, (a := 5)) == (1, 5))
    return out


for args in ((1, 2, 1, 2), (1, 2, 1, 3), ("a", 1, "b", 0), (1.5, None, 1.5, None), ([1], 2, [1], 3), ((1, 2), 3, (1, 2), 2)):
    print(compare(*args))
for args in ((1, 2, "a", 2), (None, 1, None, None), ({}, 1, {1: 2}, 2)):
    try:
        print(compare(*args))
    except TypeError as e:
        print(e)
try:
    (1, print("left")) < (undefined, print("right"))
except NameError as e:
    print(e)
print((*(1, 2), 3) < (1, 2, 4), (1, 2) < (1, 2, 3), () == (), (1,) == ())
print((1, 2) < (1, 3) < (1, 4), (1, 2) == (1, 2) == (1, 2))


class Deep:
    def __eq__(self, other):
        return (self, 1) == (Deep(), 1)


try:
    Deep() == Deep()
except RecursionError as e:
    print(str(e)[:32])


class Fails:
    def __eq__(self, other):
        raise ValueError("no")


def fails():
    return (Loud("first"), Fails()) == (1, 2), (Fails(), Loud("left")) == (Loud("right"), 2)


for attempt in range(2):
    try:
        fails()
    except (ValueError, AttributeError) as e:
        print(type(e).__name__, e)


class Item:
    def __init__(self, priority, order):
        self.priority, self.order = priority, order

    def __lt__(self, other):
        return (self.priority, self.order) < (other.priority, other.order)


items = [Item(i * 7919 % 10, -i) for i in range(50)]
print([(i.priority, i.order) for i in sorted(items)][:12])
