# RUN: krait run %s | diff %s.out -
# Ends of an OrderedDict after deletions: both are found, at once, whatever was there (all of this is linear), and iterators notice as they should.
from collections import OrderedDict

N = 200_000
d = OrderedDict((i, -i) for i in range(N))
taken = 0
while d:
    taken += d.popitem()[0]
print(taken, len(d), list(d))
d = OrderedDict((i, -i) for i in range(N))
for i in range(0, N, 2):
    d.move_to_end(i)
first = [d.popitem(last=False)[0] for _ in range(N // 2 + 2)]
print(first[:3], first[-3:], len(d))
while len(d) > 3:
    d.popitem(last=False)
    d.move_to_end(next(reversed(d)))
print(list(d.items()))
d = OrderedDict.fromkeys("abcdefgh")
for key in "ahbg":
    del d[key]
print(d.popitem(), d.popitem(last=False), list(d))
d["h"], d["a"] = 1, 2
d.move_to_end("e", last=False)
print(list(d), list(reversed(d)), d.popitem())
for last in (True, False):
    d = OrderedDict.fromkeys("abcdef")
    del d["a"], d["f"]
    forwards, backwards = iter(d), reversed(d)
    print(next(forwards), next(backwards))
    d.move_to_end("e" if last else "b", last)  # where it is
    print(next(forwards), next(backwards))
    d.popitem(last)
    for it in (forwards, backwards):
        try:
            print(next(it))
        except RuntimeError as e:
            print(e)
    d["z"] = 1
    print(list(d))


class Counted(OrderedDict):
    def __delitem__(self, key):
        print("del", key)
        super().__delitem__(key)


c = Counted.fromkeys("abc")
print(c.popitem(), c.popitem(last=False), list(c))
x = [0] * 10
x[::3] = [1, 2, 3, 4]
x[1::4] = ["a", 2.5, None]
x[::-2] = x[::2]
print(x)
x[5:0:-2] = (object, 7, 8)
print(x[:6])
