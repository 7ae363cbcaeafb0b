# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Methods of builtin containers whose arguments are computed between the lookup and the call: of lists, dicts and sets themselves, of classes derived
# from them, of instances with an attribute of that name, where an argument raises, rebinds the receiver, or is its only holder.


def gather(out, seen, table, keys):
    for key in keys:
        out.append(key * 2)
        seen.add((key, len(out)))
        out.append(table.get(key + key, len(seen) + 1))
    return out


class Loud(list):
    def append(self, v):
        print("append", v)
        list.append(self, v)


class Plain(list):
    pass


class Own:
    def __init__(self, **attributes):
        vars(self).update(attributes)

    def add(self, v):
        print("add", v)

    def get(self, k, other):
        print("get", k)
        return other

    def __len__(self):
        return 7


class Watched:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


print(gather([], set(), {}, [1, 2]))
print(gather(Plain(), set(), {2: "two"}, [1, 2]))
print(gather(Loud("x"), {0}, {"aa": 1}, "ab"))
print(gather([], Own(), Own(), [3]))
kept = []
gather(Own(append=lambda v: kept.append(v)), set(), {}, [4])
print(kept)
for other in Own(append=None), Own(), None, 5, []:
    try:
        print(gather(other, set(), {}, [6]))
    except Exception as e:
        print(type(e).__name__, e)


def raising(out, table):
    try:
        out.append(table["no"])
    except KeyError as e:
        out.append(str(e))
    out.append(table.get(*[1]))
    return out


print(raising([], {1: 2}))


def rebound():
    out = [Watched("first")]
    before = out

    def fresh():
        nonlocal out, before
        out = before = None
        return Watched("second")

    out.append(fresh())
    print("after", out)


rebound()


def alone(n):
    [Watched(n)].append(Watched(n + 1))
    {}.get(Watched(n + 2).name, Watched(n + 3))
    set().add((Watched(n + 4).name, n))
    print("alone", [].append(str(n)), {n: 5}.get(n - 0), {}.get(n * 1, n + 9))


alone(10)


def unhashable(seen, table):
    for call in lambda: seen.add([len(seen)]), lambda: table.get([1] * 2), lambda: table.get([1] * 2, 3 + 4):
        try:
            call()
        except TypeError as e:
            print(e)
    try:
        seen.append(len(table))
    except AttributeError as e:
        print(e)
    for wrong in lambda: [].append(len(seen), 2), lambda: seen.add(len(seen), 2), lambda: table.get(len(seen), 2, 3):
        try:
            wrong()
        except TypeError as e:
            print(e)


unhashable(set(), {})


def wait(values):
    out = []
    for v in values:
        out.append((yield v))
        out.append([(yield v + 1), len(out)])
    return out


g = wait([1, 2])
sent = next(g)
try:
    while True:
        sent = g.send(sent * 10)
except StopIteration as e:
    print(e.value)
