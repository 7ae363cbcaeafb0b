# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A method is looked up before its arguments, though these decide what they are in several blocks.
import traceback


class Items(list):
    def append(self, item):
        super().append((item,))


class Own:
    def __init__(self):
        self.seen = []

    def append(self, item):
        self.seen.append(item if item else "none")

    def twice(self, a, b=2):
        return a * 2 + b


def fill(target, items):
    for x in items:
        target.append(x.upper() if x.isalpha() else "_")
        target.append(x and x * 2 or "-")
    return target


def drop(names):
    kept = [1]
    lists = {"kept": kept}
    del kept
    lists["kept"].append(lists.pop("kept") if names else 3)  # the list is in itself, or nowhere
    return lists


def twice(o, n):
    total = 0
    for i in range(n):
        total += o.twice(i if i % 2 else -i) + o.twice(i, i if i > 2 else 0)
    return total


def fails(target, i):
    target.append(1 // i if i < 5 else [][i])


def get(d, keys):
    return [d.get(k if k else "nothing", "no" if k else None) for k in keys]


def changes(o):
    found = []
    for i in range(4):
        found.append(o.twice(setattr(Own, "twice", lambda self, a, b=2: -1) or 1 if i == 1 else i))
    return found


text = "ab1c -"
print(fill([], text), fill(Items(), text), fill(Own(), text).seen)
print(drop([]), len(drop([1])), drop([]))
print(twice(Own(), 10), get({"a": 1, "nothing": 2}, ["a", "", "b"]))
for i in 0, 1, 7:
    target = []
    try:
        fails(target, i)
    except Exception as e:
        print(type(e).__name__, e, [f.lineno for f in traceback.extract_tb(e.__traceback__)])
    print(target)
for wrong in None, 3, (1,):
    try:
        fill(wrong, "a")
    except AttributeError as e:
        print(e)
print(changes(Own()))
seen = set()
for c in text:
    seen.add(c if c in "abc" else ord(c))
print(sorted(map(str, seen)))
