# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# == and != of lists and tuples as conditions, with items that answer for themselves.


class Says:
    def __init__(self, answer, act=None):
        self.answer, self.act = answer, act

    def __eq__(self, other):
        print("asked", self.answer)
        if self.act:
            self.act()
        return self.answer


class Truth:
    def __bool__(self):
        raise ValueError("no truth")

    def __repr__(self):
        return "Truth"


def tested(a, b):
    return ("==" if a == b else "-") + ("!=" if a != b else "-")


nan = float("nan")
big = 10**30
for make in (list, tuple):
    for a, b in (
        ((), ()), ((1, 2), (1, 2)), ((1, 2), (1, 3)), ((1, 2), (1, 2, 3)), ((1,), (1.0,)), ((True,), (1,)),
        ((0.0,), (-0.0,)), ((nan,), (nan,)), ((nan,), (-nan,)), (("a" * 3,), ("aaa",)), ((b"a",), ("a",)),
        ((big,), (10**30,)), ((big, 1), (big + 1, 1)), ((None, 1), (None, 2)), ((1, [2, (3,)]), (1, [2, (3,)])),
        ((1, [2, (3,)]), (1, [2, (4,)])), (({1: 2},), ({1: 2},)), ((1j,), (1j,)),
    ):
        print(make.__name__, tested(make(a), make(b)))
print(tested([1], (1,)), tested((1,), [1]), tested([], 0), tested([1], None))
print(tested([1, Says(True)], [1, 2]), tested((1, Says(0)), (1, 2)), tested([Says("x"), 2], [5, 3]))
# Of lists the lengths are looked at first.
print(tested([Says(True)], [1, 2]))
print(tested((Says(True),), (1, 2)))
for pair in (([Says(Truth())], [1]), ((Says(Truth()),), (1,))):
    try:
        tested(*pair)
    except ValueError as e:
        print(e)


def shrink():
    short.clear()


short = [1, Says(True, shrink), 3]
print(tested(short, [1, 2, 3]), short)


class OwnList(list):
    def __eq__(self, other):
        return "mine"

    def __ne__(self, other):
        return ""


print(tested(OwnList(), [1]), tested([1], OwnList()), ([1] == OwnList()))
loop, other = [], []
loop.append(loop)
other.append(other)
try:
    if loop == other:
        print("same")
except RecursionError as e:
    print("RecursionError", e)
print(tested(loop, loop))
deep, deeper = [1], [1]
for _ in range(30):
    deep, deeper = [deep], [deeper]
print(tested(deep, deeper))
