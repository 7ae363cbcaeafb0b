# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Loops over zip and enumerate go over what these would: in the same order, with the same deaths.
import builtins
import traceback


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)

    def __repr__(self):
        return self.name


class Steps:
    def __init__(self, name, count, fails=False):
        self.name, self.count, self.fails = name, count, fails

    def __iter__(self):
        print("iter", self.name)
        return self

    def __next__(self):
        print("next", self.name)
        if self.count == 0:
            if self.fails:
                raise ValueError(self.name)
            raise StopIteration
        self.count -= 1
        return Noisy(f"{self.name}{self.count}")

    def __del__(self):
        print("gone", self.name)


def plain():
    for x, y in zip(Steps("a", 2), Steps("b", 1)):
        print(x, y)
    else:
        print("else")
    print("after")


def items_stay():
    for x, y in zip([Noisy("p"), Noisy("q")], Steps("c", 5)):
        x = y = None
        print("body")
    print("after")


def counted():
    for n, x in enumerate(Steps("d", 2)):
        print(n, x)
        x = None
        print("body")
    print("after", n)


def broken(how):
    for n in range(2):
        try:
            for x, y in zip(Steps("e", 3), Steps("f", 3)):
                if how == "break":
                    break
                if how == "continue":
                    continue
                if how == "return":
                    return x, y
                if how == "raise":
                    raise KeyError(n)
            else:
                print("else")
        except KeyError as error:
            print("caught", error)
        finally:
            print("finally")
        print("next turn")


def nested(rows):
    found = []
    for i, row in enumerate(rows):
        for j, x in enumerate(row):
            for a, b, c in zip(row, row[1:], row[2:]):
                if a == j:
                    break
                found.append((i, j, a, b, c, x))
            else:
                continue
            if i == 1:
                break
    return found, i, j


def failing(make):
    try:
        for x, y in make():
            print(x, y)
    except Exception as error:
        entries = traceback.extract_tb(error.__traceback__)
        print(type(error).__name__, error, [(e.name, e.lineno - make.__code__.co_firstlineno, e.colno, e.end_colno) for e in entries])


def not_iterable():
    for x, y in zip([1], 2):
        print(x, y)


def fails_at_once():
    for x, y in zip(Steps("g", 1), Steps("h", 0, fails=True)):
        print(x, y)


def no_iterator():
    for n, x in enumerate(None):
        print(n, x)


def in_body():
    for n, x in enumerate("ab"):
        x.missing


for run in (plain, items_stay, counted):
    print("--", run.__name__)
    run()
for how in ("", "break", "continue", "return", "raise"):
    print("--", how)
    print(broken(how))
print(nested([[1, 2, 3], [0, 1, 2, 3], [5]]))
for run in (not_iterable, fails_at_once, no_iterator, in_body):
    try:
        run()
    except Exception as error:
        entries = traceback.extract_tb(error.__traceback__)
        print(type(error).__name__, error, [(e.name, e.lineno - run.__code__.co_firstlineno, e.colno, e.end_colno) for e in entries[1:]])
        del error, entries


class Holder:
    pass


def targets():
    holder, items = Holder(), [0, 0]
    for holder.x, items[1] in zip([1, 2], [3, 4]):
        print(holder.x, items)
    for n, (a, (b, c)) in enumerate([(1, (2, 3)), (4, (5, 6))]):
        print(n, a, b, c)
    for (n, x) in enumerate([7]):
        print(n, x)
    for [n, x] in zip("ab", b"cd"):
        print(n, x)
    for x, x in zip([1, 2], [3, 4]):
        print(x)
    for n, x in enumerate([5, 6], 10):
        print(n, x)
    for x, y in zip(*[[1, 2], [3, 4]]):
        print(x, y)
    for x, *y in zip([1], [2], [3]):
        print(x, y)
    calls = []
    for n, x in enumerate([1, 2]):
        calls.append(lambda: (n, x))
    print([call() for call in calls])


targets()


def sums(a, b):
    total = 0
    for x, y in zip(a, b):
        total += x * y
    for n, x in enumerate(a):
        total += n * x
    return total


def changing(items):
    seen = []
    for n, x in enumerate(items):
        if n < 3:
            items.append(x + n)
        seen.append((n, x))
    for x, y in zip(items, items):
        if len(items) > 3:
            items.pop()
        seen.append(x * y)
    return seen


print(sums([1, 2, 3], [4, 5, 6]), sums([1.5, 2], (3, 4)), sums(range(3), {1: 2, 3: 4}), sums([1, 2.5, 3], [2**70, True, 1]), changing([1, 2]))


def same(iterator):
    return [(x, y) for x, y in zip(iterator, iterator)], [list(zip(iterator, iterator))]


def loop_over_same(items):
    iterator = iter(items)
    pairs = []
    for x, y in zip(iterator, iterator):
        pairs.append((x, y))
    return pairs, list(iterator)


print(loop_over_same([1, 2, 3, 4, 5]), same(iter([1, 2, 3])))


def shadowed(zip, enumerate):
    got = []
    for x, y in zip([1], [2]):
        got.append((x, y))
    for x, y in enumerate([3]):
        got.append((x, y))
    return got


print(shadowed(lambda *lists: lists and [(5, 6), (7, 8)], lambda items: {"ab", "ab"}))
totals = []
for turn in range(6):
    if turn == 2:
        zip = lambda a, b: [(y, x) for x, y in builtins.zip(a, b)]
    if turn == 3:
        del zip
    if turn == 4:
        builtins.enumerate, kept = reversed, builtins.enumerate
    try:
        totals.append(sums([1, 2, 3], [1, 1, 2]))
    except TypeError as error:
        totals.append(str(error))
    if turn == 4:
        builtins.enumerate = kept
print(totals)


def deleted():
    for x, y in zip([1, 2], [3, 4]):
        del x, y
    try:
        x
    except UnboundLocalError as error:
        print(error)


def generator():
    for n, x in enumerate(Steps("i", 2)):
        yield n
    for x, y in zip([1], [2]):
        yield x, y


deleted()
print(list(generator()))
for n, x in enumerate("module"):
    pass
print(n, x)


class Body:
    for n, x in enumerate("class"):
        pass
    for x, y in zip([Noisy("r")], [1]):
        pass
    del x


def many(count):
    total = 0
    for a, b in zip(range(count), [x % 7 for x in range(count)]):
        total += a * b
    for n, text in enumerate([str(x) for x in range(count)]):
        total += n + len(text)
    return total


print(many(2000))


def starts(v, k):
    seen = []
    for n, x in enumerate(v, 1):
        seen.append((n, x))
    for n, x in enumerate(v, start=-2):
        seen.append((n, x))
    for n, x in enumerate(v, 2**70):
        seen.append((n, x))
    for n, x in enumerate(v, True):
        seen.append((n, x))
    for n, x in enumerate(v, start=k):
        seen.append((n, x))
    for n, x in enumerate(iterable=v, start=7):
        seen.append((n, x))
        if n == 8:
            break
    return seen


print(starts([5, 6, 7], 3), starts("ab", 2**62))


def summed(v):
    t = 0
    for n, x in enumerate(v, 1):
        t += n * v[n - 1] - x * v[-n]
    return t


print(summed([1, 2, 3]), summed([1.5, 2]))


def wrong(v):
    for n, x in enumerate(v, begin=1):
        print(n, x)


def not_iterable(v):
    for n, x in enumerate(v, 1):
        print(n, x)


def renamed(enumerate, v):
    for n, x in enumerate(v, start=1):
        print(n, x)


for f in (wrong, not_iterable):
    try:
        f(None)
    except TypeError as e:
        print(e)
renamed(lambda v, start: [(start, v), (v, start)], "x")


# enumerate holds on to zip's tuple, so that zip makes a new one every other step: what the old ones keep dies later.
class Makes:
    def __init__(self, name, count, fails=None):
        self.name, self.count, self.fails, self.at = name, count, fails, 0

    def __iter__(self):
        return self

    def __next__(self):
        self.at += 1
        if self.at == self.fails:
            raise ValueError(self.name)
        if self.at > self.count:
            raise StopIteration
        print("next", self.name, self.at)
        return Dies(f"{self.name}{self.at}")

    def __del__(self):
        print("dies", self.name)


class Dies:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)


def both(a, b, leave=None, fails=None):
    for n, (x, y) in enumerate(zip(Makes("a", a, fails), Makes("b", b))):
        print("round", n, x.name, y.name)
        x = y = None
        if n == leave:
            break
    else:
        print("all")
    print("behind")


for a, b in ((0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (2, 1), (3, 2), (4, 3), (1, 2), (2, 3)):
    print("---", a, b)
    both(a, b)
for leave in range(4):
    print("--- left", leave)
    both(5, 5, leave)
for fails in range(1, 5):
    print("--- fails", fails)
    try:
        both(5, 5, None, fails)
    except ValueError as e:
        print(e)


def three(v, w, k):
    t = []
    for n, [x, (y, z), u] in enumerate(zip(v, w, v), start=5):
        t.append((n, x, y, z, u))
    for n, (x,) in enumerate(zip(v)):
        t.append((n, x))
    for n, (x, y) in enumerate(zip(v, v), k):
        t.append((n, x + y))
    for n, (x, y) in enumerate(zip(v, v, strict=True), 1):
        t.append((n, x * y))
    return t


print(three([1, 2, 3], [(4, 5), "ab", [6, 7]], 7))


def summed(v, w):
    t = 0
    for n, (x, y) in enumerate(zip(v, w), 1):
        if x > y:
            continue
        t += n * x - y
    return t


print([summed(v, w) for v, w in (([1, 2, 3], [3, 2, 1]), ((1.5, 2, 9), range(5)), ("", "x"), ([2**70, 1], [2**71, 1]))])


def other_names(enumerate, zip):
    for n, (x, y) in enumerate(zip("ab", "cd")):
        print(n, x, y)


other_names(lambda v: [(7, p) for p in v], lambda *v: [v])
other_names(enumerate, lambda *v: [v])
other_names(lambda v: [(7, p) for p in v], zip)


def wrong(v):
    for n, (x, y) in enumerate(zip(v, 1)):
        print(n)


try:
    wrong([])
except TypeError as e:
    print(e, e.__traceback__.tb_next.tb_lineno - wrong.__code__.co_firstlineno)


# The iterator of a dict's items has such a tuple, too.
def of_dict(size, leave=None):
    d = {k: Dies(f"v{k}") for k in range(size)}
    for n, (k, v) in enumerate(d.items()):
        print("round", n, k, v.name)
        v = d[k] = None
        if n == leave:
            break
    print("behind", len(d))


for size in range(5):
    print("--- dict", size)
    of_dict(size)
of_dict(3, 1)


class Own:
    def items(self):
        return [(3, 4), "xy"]


class Sub(dict):
    pass


def of_items(d, k):
    t = []
    for n, (a, b) in enumerate(d.items(), 1):
        t.append((n, a, b))
    for n, [a, (b, c)] in enumerate({1: "pq"}.items(), start=k):
        t.append((n, a, b, c))
    return t


print(of_items({"a": 1, "b": 2}, 3), of_items(Own(), 3), of_items(Sub(x=1), 3), of_items({}, 1))


def total(d):
    t = 0
    for n, (k, v) in enumerate(d.items()):
        t += n * v
    return t


print(total({"a": 1, "b": 2, "c": 2.5}), total({"a": 2**70, "b": 2**71}), total(Sub(x=1, y=7)))


def grows(d):
    for n, (k, v) in enumerate(d.items()):
        d[n + 10] = v


try:
    grows({1: 2})
except RuntimeError as e:
    print(e, e.__traceback__.tb_next.tb_lineno - grows.__code__.co_firstlineno)
try:
    total(None)
except AttributeError as e:
    print(e)
try:
    total(Own())
except TypeError as e:
    print(e)
