# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Looking for an item: what is of other kinds is passed over at once, and whoever has a say in equality is asked, in order.
class Plain:
    pass


class Equal:
    def __init__(self, answer, log):
        self.answer, self.log = answer, log

    def __eq__(self, other):
        self.log.append(type(other).__name__)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Name(str):
    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


class Pair(tuple):
    def __eq__(self, other):
        return isinstance(other, int)


def look(items, v):
    found = [v in items, items.count(v)]
    for arguments in (), (2,), (1, 4), (-2,), (0, -1), (9,):
        try:
            found.append(items.index(v, *arguments))
        except ValueError as e:
            found.append("-")
    return found


nan, plain, big = float("nan"), Plain(), 10**30
values = [1, 1.0, True, False, 0, -0.0, None, "a", "b", "aa", "", "\xe9", "\u1234", b"a", (1, 2), (1,), (), (2.0, 1), [1, 2], {1}, frozenset({1}),
          {1: 2}, nan, plain, Plain, big, 10**30 + 1, 2**53 + 1, float(2**53), 1 + 0j, ..., range(3), Name("q"), Pair((7, 8))]
for i, v in enumerate(values):
    for kind in list, tuple:
        items = kind(values[i + 1:] + values[:i] + values[i:])
        print(*look(items, v), end="; ")
    print(10**30 in values, float("nan") in values)

print([Plain() in values, Plain() in (values,), 5 in [plain] * 3, plain in [5] * 3, "a" in [plain, Plain()]])

# Runs of small ints, of every length about eight.
for n in range(20):
    ints = list(range(n))
    print([look(ints, v) for v in (0, n - 1, n, n // 2)])

# Asked in order, up to the first that answers; errors come through.
log = []
items = [1, "x", Equal(False, log), None, Equal(True, log), Equal(ZeroDivisionError("third"), log)]
for v in 5, "y", (1,), None, plain:
    print(v in items if v is not plain else plain in items, v is not None and items.index(v, 1), log)
    log.clear()
for method in items.count, items[5:].remove, items[5:].index, items[5:].__contains__:
    try:
        print(method(7))
    except ZeroDivisionError as e:
        print(e, log)


# Changed while it is looked through.
class Shortens:
    def __init__(self, items, answer):
        self.items, self.answer = items, answer

    def __eq__(self, other):
        del self.items[1:]
        self.items.append("end")
        return self.answer


class Dies:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


for answer in False, True:
    for method in "index", "count", "remove", "__contains__":
        items = [1, 2]
        items += [Shortens(items, answer), 3, Dies(method), 3]
        try:
            print(getattr(items, method)(3))
        except ValueError as e:
            print(e)
        print(items)


class Later:
    pass


later = [Later(), Later()]
print(3 in later, later.count(None))
Later.__eq__ = lambda self, other: True
print(3 in later, later.count(None), (later[0],).index("x"))
