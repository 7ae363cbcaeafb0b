# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Loops over dicts and their views: in functions, comprehensions, generators and at the top level; what is changed
# while the loop runs; what dies when; what is no dict, and dicts of other classes.
import collections


class Loud:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"<{self.name}>"

    def __del__(self):
        print("died", self.name)


def total(d):
    n = 0
    for v in d.values():
        n += v
    return n


def pairs(d):
    made = []
    for k, v in d.items():
        made.append((k, v))
    return made


def names(d):
    made = []
    for k in d:
        made.append(k)
    for k in d.keys():
        made.append(k)
    return made


def numbers(d):
    s = 0
    for k, v in d.items():
        s += k * v
    return s


def nested(d):
    made = []
    for k, (a, b) in d.items():
        made.append((a, k, b))
    for (a, b) in d.values():
        made.append(a)
    for (a, b), c in {(1, 2): 3, (4, 5): 6}.items():
        made.append(a + b * c)
    return made


plain = {"a": 1, "b": 2, "c": 3}
print(total(plain), pairs(plain), names(plain), numbers({1: 2, 3: 4}), numbers({1.5: 2, 3: 4.5}))
print(nested({"x": (1, 2), "y": (3, 4)}))
print([k for k in plain], [k for k in plain.keys()], [v for v in plain.values()], [k + str(v) for k, v in plain.items()])
print({v: k for k, v in plain.items()}, {v for v in plain.values() if v > 1}, sum(v for v in plain.values()), list(k for k, v in plain.items()))
for k, v in plain.items():
    print(k, v)
for v in plain.values():
    print(v)

# ---- holes, and dicts that are large ----
holes = {i: i * i for i in range(20)}
for i in range(0, 20, 3):
    del holes[i]
print(total(holes), pairs(holes), names(holes))
print(total({i: i for i in range(5000)}), total({}), pairs({}), names({}))


# ---- changed while the loop runs ----
def grows(d):
    for k in d:
        d[str(k) * 2] = 1


def growsItems(d):
    for k, v in d.items():
        d[str(k) * 2] = 1


def growsValues(d):
    n = 0
    for v in d.values():
        n += v
        d[n * 1000] = v


def shrinks(d):
    for k in d:
        del d[k]


def shrinksAtEnd(d):
    seen = []
    for k, v in d.items():
        seen.append(k)
        if len(seen) == len(d):
            d.clear()
    return seen


def replaces(d):
    for k in d:
        v = d.pop(k)
        d[k + 10] = v


def stores(d):
    for k, v in d.items():
        d[k] = v + 1
    for k in d:
        d[k] *= 2
    return d


def begins(d):
    for k in d:
        d["first"] = 1
        del d["first"], d[k]
        d.update(x=1)
        k = None
    return d


print(begins({1: 2}))
for f in (grows, growsItems, growsValues, shrinks, shrinksAtEnd, replaces):
    try:
        f({1: 2, 3: 4})
    except RuntimeError as e:
        print(f.__name__, e)
print(stores({1: 2, 3: 4}))


def rounds(d, other):
    # the error comes again, and then the iterator is used up
    it = iter(d.items())
    for k, v in it:
        other[k] = v
        try:
            for a, b in it:
                print("inner", a, b)
                d[len(d) * 100] = 0
        except RuntimeError as e:
            print("inner", e)
        try:
            next(it)
        except RuntimeError as e:
            print("again", e)
        break
    return other


print(rounds({1: 2, 3: 4, 5: 6}, {}))


# ---- deaths ----
def replaced(d):
    for k, v in d.items():
        d[k] = None
        print("replaced", k)
        v = None
        print("let go", k)
    print("end")


def replacedValues(d):
    for v in d.values():
        for k in d:
            d[k] = None
        print("replaced")
        v = None
        print("let go")
    print("end")


def cleared(d):
    for k, v in d.items():
        d.clear()
        print("cleared", k)
        del k, v
        print("deleted")
        break
    print("end")


def keysDie(d):
    for k in d:
        print(k)
        d.clear()
        print("cleared")
        k = None
        print("let go")
        break


replaced({1: Loud("one"), 2: Loud("two")})
replacedValues({1: Loud("a"), 2: Loud("b")})
cleared({Loud("key"): Loud("value")})
keysDie({Loud("only"): 1})
for k, v in {1: Loud("temporary")}.items():
    print("in", v)
print("behind")
del v
print(sum(1 for k, v in {Loud("k"): Loud("v")}.items()))


def out(d, how):
    for k, v in d.items():
        if how == "return":
            return v
        if how == "raise":
            raise KeyError(k)
        if how == "break":
            break
        if how == "continue":
            continue
    else:
        return "else"
    return k


for how in ("return", "raise", "break", "continue"):
    try:
        print(out({1: Loud(how)}, how))
    except KeyError as e:
        print("raised", e)


# ---- other dicts, and no dicts ----
class Mine(dict):
    pass


class Odd(dict):
    def items(self):
        return [("odd", 1)]

    def values(self):
        return iter([7, 8])

    def keys(self):
        return "keys"

    def __iter__(self):
        return iter("iter")


class Own:
    def items(self):
        return ((i, i * i) for i in range(3))

    def values(self):
        yield from (1, 2.5)

    def keys(self):
        return ("k",)

    def __iter__(self):
        return iter([1, 2])


class Asks(dict):
    def __getattribute__(self, name):
        print("asked for", name)
        return super().__getattribute__(name)


hidden = Mine(a=1)
hidden.items = lambda: [("hidden", 5)]
hidden.values = lambda: (5,)
counts = collections.Counter("banana")
default = collections.defaultdict(list, a=[1])
ordered = collections.OrderedDict(b=1, a=2)
ordered.move_to_end("b")
chain = collections.ChainMap({"a": 1}, {"b": 2})
for d in (Mine(a=1, b=2), Odd(a=1), Own(), hidden, counts, ordered, chain, Asks(z=1)):
    print(type(d).__name__, total(d), pairs(d), names(d))
    print([k for k, v in d.items()], [v for v in d.values()], [k for k in d.keys()], list(v for k, v in d.items()))
print(pairs(default), names(default))
for missing in (None, 3, "text", [1]):
    for f in (total, pairs):
        try:
            f(missing)
        except AttributeError as e:
            print(e)


class Wrong:
    def items(self):
        return 3

    def values(self):
        return None


for f in (total, pairs):
    try:
        f(Wrong())
    except TypeError as e:
        print(e)
try:
    for a, b, c in plain.items():
        pass
except ValueError as e:
    print(e)
try:
    numbers({"a": "b"})
except TypeError as e:
    print(e)


def keyOf(d):
    for k in d.keys():
        return k


def attributes(o):
    made = []
    for k, v in vars(o).items():
        made.append((k, v))
        if k == "x":
            o.x = 5
    for k, v in o.__dict__.items():
        made.append(v)
    return made


class Point:
    def __init__(self):
        self.x, self.y = 1, 2.5


print(keyOf(plain), attributes(Point()))


# ---- generators ----
def give(d):
    for k, v in d.items():
        got = yield k
        if got:
            d[k] = got
    for v in d.values():
        yield v


g = give({1: 2, 3: 4})
print(next(g), g.send("new"), list(g))
g = give({1: Loud("kept")})
print(next(g))
del g
print("gone")


def traceback(d):
    import traceback as t
    try:
        for k, v in d.things.items():
            pass
    except AttributeError:
        print(t.format_exc().replace(__file__, "FILE"))
    try:
        for k, v in (d
                     .items(
                     )):
            pass
    except AttributeError:
        print(t.format_exc().replace(__file__, "FILE"))


traceback(5)
