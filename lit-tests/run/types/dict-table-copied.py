# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A copy has the table of its original where that has no holes, and then lives on by itself.
import gc
import sys


def after_popitem(count, left, fresh):
    d = {i: i for i in range(count)}
    while len(d) > left:
        d.popitem()
    c = d.copy()
    for i in fresh:
        c[i] = -i
    return 1000 in c, sorted(c), list(d)


print(after_popitem(5, 1, (5, 6, 7, 13)))
print(after_popitem(10, 2, range(10, 20)))


def after_deletions():
    d = {str(i): i for i in range(8)}
    for i in (0, 3, 4, 7):
        del d[str(i)]
    c = d.copy()
    c["new"] = 1
    d["other"] = 2
    return c, d, "0" in c, "other" in c, "new" in d


print(after_deletions())


class Watched:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


def lives_of_values():
    d = {"a": Watched("a"), "b": Watched("b")}
    c = d.copy()
    d.clear()
    print("cleared")
    e = c.copy()
    c["a"] = None
    del e["a"]
    print("deleted")
    return e, c


e, c = lives_of_values()
e.clear()
c.clear()


def tracked():
    plain = {"a": 1, "b": "c"}
    deep = {"a": []}
    copy = plain.copy()
    print(gc.is_tracked(copy), gc.is_tracked(deep.copy()))
    copy["l"] = []
    print(gc.is_tracked(copy), gc.is_tracked(plain))


tracked()
for n in (0, 1, 5, 6, 10, 11, 21, 22, 200, 40000):
    d = dict.fromkeys(range(n), 1)
    c = d.copy()
    print(n, sys.getsizeof(d) == sys.getsizeof(c), c == d, c is d, n in c, (n - 1) in c)
    c[n] = n
    print(len(c), len(d), c[n], list(c)[-1])


class Vars:
    pass


v = Vars()
v.x, v.y = 1, [2]
c = vars(v).copy()
v.x = 5
c["z"] = 3
print(c, vars(v))
