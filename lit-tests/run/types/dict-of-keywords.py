# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# dict(name=value, ...) and dict(iterable): what is in it, in which order, and how large.
import sys


class Text(str):
    pass


def build(n):
    return dict(**{"k%d" % i: i for i in range(n)})


print(dict(id=5, name="dummy", things=[]))
print(dict({"a": 1, "b": 2}, b=3, c=4), dict([("x", 1)], x=2, y=3))
for n in range(14):
    d = build(n)
    print(n, len(d), sys.getsizeof(d), list(d.values()) == list(range(n)))
mixed = dict(**{"a": 1, Text("b"): 2, "c": 3})
print(mixed, [type(k).__name__ for k in mixed])
d = {}
d.update(a=1, b=2)
d.update(b=3, c=[])
print(d)
d.clear()
d.update(z=1)
print(d, "a" in d)


class Sub(dict):
    def __setitem__(self, key, value):
        print("set", key)
        dict.__setitem__(self, key, value)


print(Sub(a=1, b=2))


def pairs(n):
    return ((i, str(i)) for i in range(n))


print(dict(pairs(4)), dict(zip("ab", (1, 2))), dict([(1, 2), [3, 4], "xy"]), dict(((1, 2),)))
for wrong in ([1], [(1, 2, 3)], (None,), 5, (x for x in (1,))):
    try:
        print(dict(wrong))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
try:
    dict(1, 2)
except TypeError as e:
    print(e)
try:
    dict(x for x in [([], 1)])
except TypeError as e:
    print(e)


def fails():
    yield "a", 1
    raise KeyError("inside")


try:
    dict(fails())
except KeyError as e:
    print("KeyError", e)


class Yes:
    def keys(self):
        return ["q"]

    def __getitem__(self, key):
        return key * 2


print(dict(Yes(), r=1))


class ListWithKeys(list):
    def keys(self):
        return ["only"]

    def __getitem__(self, i):
        return ("item", i)


print(dict(ListWithKeys([1, 2, 3])))
