# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Unpacking, enumerate and zip over sequences that are of another sort, length or kind than they were, or change under the loop.
def show(*a): print(*a)
def hidden(x): return [x].pop()
def tried(f, *args):
    try: return f(*args)
    except Exception as e: return type(e).__name__, str(e)

def pairs(ps):
    s = n = 0
    for a, b in ps:
        s += a * b
        n += 1
    return s, n
class Pair:
    def __iter__(self): return iter((3, 4))
class Tuple(tuple):
    def __iter__(self): return iter((5, 6))
ints = [(i, i + 1) for i in range(50)]
show("pairs", pairs(ints), pairs(hidden([(0.5, 2)] * 9)), pairs(hidden(ints + [(2**62, 2), (1.5, True), [7, 8], Pair(), Tuple((1, 2))])), pairs(hidden(iter(ints))),
     pairs(hidden({(1, 2): 3, (4, 5): 6})), pairs(hidden(("a", "b") and [(2, "ab")])[:0]))
show("wrong", tried(pairs, hidden(ints + [(1, 2, 3)])), tried(pairs, hidden(ints + [(1,)])), tried(pairs, hidden(ints + [5])), tried(pairs, hidden(ints + [None])))
def grown(ps):
    s = 0
    for a, b in ps:
        s += a - b
        if len(ps) < 90: ps.append((b, a) if len(ps) % 2 else [a, b])
        if s == -40: del ps[-3:]
    return s, len(ps)
show("grown", grown(list(ints)))
def three(ts, n):
    s = 0
    for i in range(n):
        if i == 60: ts[1] = [1, 0.5, 2]
        if i == 80: ts[2] = "abc"
        a, b, c = ts[i % 3]
        s += a + b - c if c != "c" else 100
    return s
show("three", three([(1, 2, 3), (4, 5, 6), (7, 8, 9)], 100), tried(three, [(1, 2, 3), (4, 5), (7, 8, 9)], 100))
def swapped(n):
    a, b = 0, 1
    for i in range(n):
        a, b = b, a + b
        if i == 40: a = a / 2
    return a, b
show("swapped", swapped(30), swapped(200))

def counted(xs, start):
    s = t = 0
    for i, x in enumerate(xs, start):
        s += i * x
        t += i
    return s, t, i, x
numbers = list(range(40))
show("counted", counted(numbers, 0), counted(numbers, 2**62 - 20), counted(hidden(numbers + [0.5, 2**63, True]), 3), counted(hidden(range(9)), 1), counted(hidden((1, 2, 3)), 1),
     counted(hidden(iter(numbers)), 0), counted(hidden({3: 4}), 0), tried(counted, hidden(["a", 2, None]), 0), tried(counted, hidden([]), 0))
def appended(xs):
    s = 0
    for i, x in enumerate(xs):
        s += i * x
        if len(xs) < 70: xs.append(i)
        if i == 60: xs.clear()
    xs.append(1)
    return s, i
show("appended", appended(list(range(30))))
def taken(xs):
    it = enumerate(xs)
    for i, x in it:
        if i == 20: break
    rest = next(it)
    for i, x in it:
        if x == 30: it = None
    return rest, i, x, it
show("taken", taken(numbers))

def zipped(xs, ys):
    s, n = 0, 0
    for x, y in zip(xs, ys):
        s += x * y
        n += 1
    return s, n
floats = [i * 0.5 for i in range(40)]
show("zipped", zipped(floats, floats), zipped(floats, hidden([1] * 7)), zipped(hidden((1, 2)), floats), zipped(hidden(range(5)), hidden([2, 0.5, 2**63, True])),
     zipped(hidden([]), floats), tried(zipped, hidden([None]), floats))
def same(xs):
    it, s = iter(xs), 0
    for a, b in zip(it, it): s = s * 3 + a - b
    return s
show("same", same(numbers), same(numbers[:-1]))
def uneven(xs, n):
    it, out = iter(xs), []
    for a, b in zip(it, range(n)): out.append(a + b)
    return out, next(it, "none")
show("uneven", uneven(numbers[:6], 3), uneven([1], 3))
def shorter(xs, ys):
    a, b, s = iter(xs), iter(ys), 0
    for x, y in zip(a, b): s += x * y
    return s, next(a, None), next(b, None)
show("shorter", shorter([1, 2, 3, 4], [5, 6]), shorter([1, 2], [3, 4, 5]))
def changed(xs, ys):
    s = 0
    for i, (x, y) in enumerate(zip(xs, ys)):
        s += x * y
        if i == 10: ys[20:] = [0.25] * 30
        if i == 30: xs.clear()
    return s, i
show("changed", changed(list(range(60)), list(range(60))))
def strict(xs, ys):
    s = 0
    for x, y in zip(xs, ys, strict=True): s += x * y
    return s
show("strict", strict([1, 2], [3, 4]), tried(strict, [1, 2], [3]))
def triple(xs):
    s = 0
    for a, b, c in zip(xs, xs, xs): s += a * b - c
    return s
show("triple", triple(numbers), triple(hidden(floats)))

# When things die: a pair that is kept holds them until the next step.
class Noisy:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def deaths(xs):
    for i, x in enumerate(xs):
        xs[i] = x = None
        print("step", i)
deaths([Noisy(i) for i in range(3)])
def pair_deaths(xs, ys):
    for x, y in zip(xs, ys):
        n = y
        xs[n] = x = None
        print("step", n)
pair_deaths([Noisy(i) for i in range(3)], [0, 1, 2])
def tuple_deaths(ps):
    for a, b in ps:
        ps[b] = a = None
        print("step", b)
tuple_deaths([(Noisy(i), i) for i in range(3)])

# Names that mean something else.
def replaced(xs, n):
    out = []
    for k in range(n):
        if k == 3: globals()["enumerate"] = lambda xs: [(9, x) for x in xs]
        if k == 4: globals()["zip"] = lambda a, b: [(b[0], a[0])]
        s = 0
        for i, x in enumerate(xs): s += i * x
        for x, y in zip(xs, [1.5, 2.5]): s += x - y
        out.append(s)
    del globals()["enumerate"], globals()["zip"]
    return out
show("replaced", replaced([1, 2, 3], 6))

# Tuples, strings and dicts by ints.
def items(xs, n):
    s = 0
    for i in range(n): s += xs[i % 3] + xs[-1]
    return s
show("items", items((1, 2, 3), 30), items(hidden((0.5, 1, 2**62)), 30), items(hidden([1, 2, 3]), 30), items(hidden({0: 1, 1: 2, 2: 3, -1: 5}), 30), items(hidden(Tuple((1, 2, 3))), 30),
     tried(items, hidden((1, 2)), 30), tried(items, hidden("abc"), 30))

def total(xs):
    s = 0.5
    for x in xs: s += x
    return s
show("total", total([1.5, 2]), tried(total, hidden(["a"])), tried(total, hidden([1j, 2])))

# A name for which loops have no iterator, until it means something else.
for i in hidden([0, 1, 2]):
    for j in range(2):
        if i == 1:
            def range(n): return [n, i, j]
        show("range", i, j)
