# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Loops over sets: what is changed while they run, what dies when, tables of all sizes.
class Loud:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return hash(self.name) if isinstance(self.name, int) else 1

    def __del__(self):
        print("died", self.name)


def total(s):
    n = 0
    for x in s:
        n += x
    return n


def listed(s):
    made = []
    for x in s:
        made.append(x)
    return made


for n in (0, 1, 5, 63, 64, 65, 200, 5000):
    s = set(range(0, n * 3, 3))
    print(n, total(s), listed(s) == list(s), [x for x in s] == list(s), sum(x for x in s), listed(frozenset(s)) == list(frozenset(s)))
holes = set(range(300))
holes -= {x for x in range(300) if x % 7}
print(total(holes), sorted(listed(holes)))


def grows(s):
    for x in s:
        s.add(x + 1000)


def shrinks(s):
    for x in s:
        s.discard(x)


def replaces(s):
    seen = []
    for x in s:
        seen.append(x)
        if len(seen) > 3:
            break
        s.remove(x)
        s.add(x)
    return seen


def clears(s):
    for x in s:
        s.clear()
        print("cleared")
        x = None
        print("let go")
        break
    print("end")


for f in (grows, shrinks):
    try:
        f({1, 2, 3})
    except RuntimeError as e:
        print(f.__name__, e)
print(replaces({1, 2, 3}), replaces(set()))
clears({Loud("a")})
for x in {Loud(1), Loud(2)}:
    print("in", x.name)
print("behind")
del x


class Mine(set):
    pass


class Own(set):
    def __iter__(self):
        return iter([10, 20])


def pairs(s):
    made = []
    for a, b in s:
        made.append(a + b)
    return sorted(made)


print(total(Mine([1, 2])), total(Own([1, 2])), listed(Own()), pairs({(1, 2), (3, 4)}), total([1, 2]), total({5: 1}), total(range(4)))
print(total({True, 2.5}), sorted(listed({"a", "b"})))
try:
    total({"a"})
except TypeError as e:
    print(e)


def give(s):
    for x in s:
        yield x


g = give({1})
print(next(g), list(g))
