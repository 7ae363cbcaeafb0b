# RUN: krait run -O0 %s | diff - %s.out
# RUN: krait run -O2 %s | diff - %s.out
# An iterator over an OrderedDict knows what comes next: behind the last key, or made of none, it is at its end, whatever the dict gets then.
from collections import OrderedDict


def during(d, at, change, walk):
    seen = []
    try:
        for item in walk(d):
            seen.append(item)
            if len(seen) == at:
                change(d)
    except (RuntimeError, KeyError) as e:
        seen.append(repr(e))
    return seen


def grow(d):
    d["new"] = len(d)


changes = {
    "grow": grow,
    "store": lambda d: d.update(a=7, c=9),
    "pop first": lambda d: d.popitem(last=False),
    "pop last": lambda d: d.popitem(),
    "move first": lambda d: d.move_to_end("a"),
    "move last": lambda d: d.move_to_end("c", last=False),
    "clear": lambda d: d.clear(),
}
walks = {"keys": iter, "reversed": reversed, "values": lambda d: d.values(), "items": lambda d: d.items(), "items back": lambda d: reversed(d.items())}
for what, change in changes.items():
    for how, walk in walks.items():
        print(what, how, *(during(OrderedDict(a=1, b=2, c=3), at, change, walk) for at in (2, 3)))

empty = OrderedDict()
forth, back = iter(empty), reversed(empty)
empty["late"] = 1
print(list(forth), list(back), list(empty))

holes = OrderedDict.fromkeys(range(8))
for key in (0, 1, 4, 7):
    del holes[key]
print(list(holes), list(reversed(holes)), list(reversed(holes.keys())))
walk = iter(holes)
print(next(walk), list(walk.__reduce__()[1][0]), list(walk), list(walk), walk.__reduce__()[1])
walk = reversed(holes)
print([next(walk) for _ in range(4)], next(walk, "end"))
holes.clear()
print(next(walk, "end"), list(holes))
