# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# del d[key] by every kind of key, among others that stand in its way.


class Same:
    def __init__(self, name, hash_=7, act=None):
        self.name, self.hash_, self.act = name, hash_, act

    def __hash__(self):
        return self.hash_

    def __eq__(self, other):
        if self.act:
            self.act()
        return isinstance(other, Same) and self.name == other.name

    def __repr__(self):
        return self.name


def churn():
    d = {"stays": 0}
    for i in range(1000):
        d["x%d" % (i % 7)] = i
        d["y"] = i
        del d["x%d" % (i % 7)]
        d["z"] = i
        del d["z"]
        del d["y"]
    return d


print(churn())
d = {i * 8: i for i in range(5)}
for i in (2, 0, 4):
    del d[i * 8]
    print(d, [k * 8 in d for k in range(5)])
for key in (2.0, 8.0, "".join(["a", "b"]), (1, 2), True, b"q", None):
    d = {8: 1, "ab": 2, (1, 2): 3, 1: 4, b"q": 5, None: 6}
    try:
        del d[key]
        print(key, d)
    except KeyError as e:
        print("KeyError", e)
d = {Same("a"): 1, Same("b"): 2, 7: 3, Same("c"): 4}
del d[Same("b")]
del d[7]
print(d)
try:
    del d[Same("d")]
except KeyError as e:
    print("KeyError", e)


def raising():
    raise ValueError("asked")


try:
    del d[Same("c", act=raising)]
except ValueError as e:
    print(e, d)
try:
    del d[[]]
except TypeError as e:
    print(e)


def shrinking():
    victim.pop(keep, None)


keep = Same("keep")
victim = {Same("a"): 1, keep: 2}
try:
    del victim[Same("keep", act=shrinking)]
except KeyError as e:
    print("KeyError", e, victim)


class Missing(dict):
    def __delitem__(self, key):
        print("own", key)
        dict.__delitem__(self, key)


m = Missing(a=1)
del m["a"]
print(m)
try:
    del {}["a"]
except KeyError as e:
    print("KeyError", e)
