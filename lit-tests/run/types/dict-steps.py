# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Steps over a dict's keys, values and items, forwards and backwards, while what it holds changes under them.
class Row:
    def __init__(self):
        self.a, self.b, self.c = 1, [2], "3"


def walk(iterator, change):
    seen = []
    try:
        for n, x in zip(range(20), iterator):
            seen.append(x)
            change(n, x)
    except RuntimeError as e:
        seen.append(str(e))
    return seen


def replace(d):
    return lambda n, x: d.update({"c": n})


def grow(d):
    return lambda n, x: d.update({"new%d" % n: n}) if n == 1 else None


def move(d):
    def change(n, x):
        if n == 1:
            d.pop("b", None)
            d["z"] = n
    return change


def drop(d):
    return lambda n, x: d.clear() if n == 1 else None


rows = []
instances = [lambda: vars(Row()), lambda: rows.append(Row()) or vars(rows[-1])]


def sources():
    yield lambda: {"a": 1, "b": [2], "c": "3"}
    yield instances[0]
    yield instances[1]
    yield lambda: dict(Row().__dict__)

    def holes():
        d = {"x": 0, "y": 0, "a": 1, "w": 0, "b": [2], "c": "3"}
        del d["x"], d["y"], d["w"]
        return d
    yield holes


for source in sources():
    for view in (dict.keys, dict.values, dict.items):
        for change in (replace, grow, drop) if source in instances else (replace, grow, move, drop):
            d = source()
            print(view.__name__, change.__name__, walk(view(d), change(d)), list(d))
            if view is not dict.keys or change is not replace:
                d = source()
                print(walk(reversed(view(d)), change(d)))


class Value:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


def only(d):
    for v in d.values():
        name = v.name
        del d[name], v
        d[name + "!"] = Value(name + "!")
        yield name


d = {"a": Value("a"), "b": Value("b")}
steps = only(d)
try:
    for name in steps:
        print(name)
except RuntimeError as e:
    print(e)
print(list(d))
it = iter({1: 2}.values())
print(next(it), next(it, None), next(it, None), it.__length_hint__())
