# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Lists and dicts of a whole zip are those of its steps, whatever it is over and however it ends.
import sys


class Own(list):
    pass


def steps():
    yield from "abc"


a, b = list(range(9)), [str(i) for i in range(7)]
for pairs in (zip(a, b), zip(b, a), zip(tuple(a), range(5, 50, 9)), zip(a, steps()), zip(steps(), a), zip(a, a, a), zip(a), zip(), zip(Own(a), b), zip("xy", b), zip([], b)):
    found = list(pairs)
    print(found, len({id(p) for p in found}) == len(found), sys.getsizeof(found), list(pairs), next(pairs, "over"))
for left, right in ((a, b), (b, a), (a, a)):
    try:
        print(list(zip(left, right, strict=True)))
    except ValueError as error:
        print(error)
z = zip(a, b)
first = next(z)
rest = [0, *z]
print(first, rest, first is not rest[1])
z = zip(a, b)
next(z)
held = []
held.extend(z)
held += zip(b, b)
print(held, list(z))
same = iter(a)
print(list(zip(same, same)), dict(zip(*[iter(b)] * 2)))
print(dict(zip(b, a)), dict(zip(b, steps())), dict(zip("aab", range(9)), z=1), dict(zip([(1, 2), (1, 2)], [[], {}])))
for bad in (zip(a), zip(a, a, a), zip([[]], a)):
    try:
        print(dict(bad))
    except (TypeError, ValueError) as error:
        print(error)
print(sum(x * y for x, y in list(zip(range(1000), range(1000)))))
print({"a": 1, "b": 2, "a": 3}, "hello wORLD it's 3rd x1y".title(), b"%d %s %5d" % (5, b"x", -3), [c for c in "xyz\u20ac"])


class Text(str):
    def __eq__(self, other):
        print("asked")
        return str.__eq__(self, other)

    __hash__ = str.__hash__


x, y = "x", Text("x")
print({x: 1, y: 2, "z": 3}, {y: 1, x: 2}, {"k": [x], 1: y, None: 4, "k": 5})
