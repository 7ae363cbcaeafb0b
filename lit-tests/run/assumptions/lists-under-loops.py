# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Loops over lists that change under them, end early, are left in the middle, or turn out to go over something else.
def show(*a): print(*a)
def hidden(x): return [x].pop()
def tried(f, *args):
    try: return f(*args)
    except Exception as e: return type(e).__name__, str(e), e.__traceback__.tb_next.tb_lineno

def total(xs):
    t = 0
    for x in xs:
        t += x
    return t
class Own(list):
    def __iter__(self): return iter((7, 8))
class Plain(list): pass
class Counter:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        if self.n == -5: raise ValueError("minus five")
        self.n -= 1
        return self.n
class Items:
    def __getitem__(self, i):
        if i == 4: raise IndexError
        return i
def count(n):
    for i in range(n): yield i
show("kinds", total([1, 2, 3]), total([]), total(hidden([1, 0.5, True, 2**62, 2**62, 1])), total(hidden(Own([1]))), total(hidden(Plain([1, 2]))), total(hidden((1, 2, 4))))
show("others", total(hidden({1: 2, 3: 4})), total(hidden({5})), total(hidden(count(9))), total(hidden(Counter(5))), total(hidden(Items())), total(hidden(b"ab")), total(hidden(range(7))), total(hidden(iter([1, 2]))))
show("wrong", tried(total, hidden(None)), tried(total, hidden(5)), tried(total, hidden(Counter(-1))), tried(total, hidden([1, "a"])), tried(total, hidden(Own)))

def grown(xs, n):
    t = 0
    for x in xs:
        if len(xs) < n: xs.append(x + 1)
        if x == 17: del xs[2:5]
        if x == 40: xs.insert(0, 1000)
        t += x
    return t, len(xs)
show("grown", grown([1], 10), grown([1, 2, 3], 60), grown([1, 2.5], 50))
def shrunk(xs):
    seen = []
    for x in xs:
        seen.append(x)
        if x % 3 == 0: xs.remove(x)
        if x == 20: xs.clear()
    else:
        xs.append(99)
    return seen, xs
show("shrunk", shrunk(list(range(30))), shrunk([3, 3, 3, 3]))
show("derived", grown(Plain([1, 2.5]), 50), shrunk(Plain(range(30))), shrunk(Own([1])))
def sliced(xs):
    t = 0
    for x in xs:
        t = t * 10 + x
        if x == 2: xs[:] = [4, 5, 6, 7, 8]
        if x == 7: xs = [0]
    return t, xs
show("sliced", sliced([1, 2, 3]))
def ended(xs):
    it = []
    for x in xs: it.append(x)
    for x in xs:
        it.append(-x)
        xs.pop()
    return it, xs
show("ended", ended([1, 2, 3, 4, 5]))

def found(xs, wanted):
    n = 0
    for x in xs:
        if x == wanted: break
        n += 1
    else:
        return -1
    return n
show("found", found([1, 2, 3], 3), found([1, 2, 3], 4), found([], 1), found(["a", 1.0], 1))
def first(xs, least):
    for x in xs:
        if x > least: return x
show("first", first([1, 5, 9], 4), first([1, 5, 9], 9), first([1, 2.5], 2), tried(first, [1, "b"], 2))

def caught(xs):
    t = bad = 0
    for x in xs:
        try:
            t += 10 // x
        except ZeroDivisionError:
            bad += 1
        except TypeError as e:
            t += len(str(e)) > 0
    return t, bad
show("caught", caught([1, 0, 2, 0, "a", 5, 0.5, 0]))
def around(xs, ys):
    n = 0
    while n < 3:
        try:
            for x in xs:
                for y in ys:
                    n += x // y
        except ZeroDivisionError:
            ys.remove(0)
            n += 1
    return n, ys
show("around", around([1, 2, 3], [1, 0, 2, 0]))
show("raised", tried(lambda xs: [100 // x for x in xs], [5, 0]), tried(caught, None))

class Loud:
    def __init__(self, name): self.name = name
    def __del__(self): show("  dies", self.name)
def deaths(make, n):
    i = 0
    for x in make():
        i += 1
        x = None
        if i == n:
            show("  break")
            break
        show("  round", i)
    show("  behind")
    return i
def louds(): return [Loud("a"), Loud("b"), Loud("c")]
show("break", deaths(louds, 2))
show("end", deaths(louds, 9))
show("tuple", deaths(lambda: tuple(louds()), 2))
def raising(make, n):
    i = 0
    for x in make():
        i += 1
        x = None
        i // (i - n)
show("raising", tried(raising, louds, 2))
def returning(make):
    i = 0
    for x in make():
        x = None
        i += 1
        if i == 2: return show("  returns")
show("returning", returning(louds))
def emptied(make):
    xs = make()
    i = 0
    for x in xs:
        x = None
        i += 1
        if i == 1: del xs[:]
    show("  behind", xs, i)
emptied(louds)
def rebound(make):
    xs = make()
    for x in xs:
        x = xs = None
        show("  round")
    show("  behind")
rebound(louds)

def grid(rows):
    t = 0
    for row in rows:
        for x in row:
            t += x
            if x == 3: row.append(0.5)
        for x in row:
            t -= 1
            if x == 0.5: rows.append((1, 2))
    return t
show("grid", grid([[1, 2], [3, 4], (5, 6), []]))
def pairs(ps):
    t = 0
    for a, b in ps:
        t += a * b
        if a == 3: ps.append([5, 6])
        if a == 5 and len(ps) < 9: ps.append("ab" if b == 7 else (5, b + 1))
    return t
show("pairs", pairs([(1, 2), (3, 4)][:1]), tried(pairs, [(1, 2), (3, 4)]), tried(pairs, [(1, 2), (3,)]), tried(pairs, [(5, 6), (5, 7)]))
def both(xs, n):
    t = 0
    for i in range(n): t += i
    for x in xs: t += x
    for i in range(n):
        for x in xs: t += x * i
    return t
show("both", both([1, 2, 3], 4), both([1, 2.5], 4), both((1, 2), 4))
def deep(xs, n):
    t = n
    for x in xs:
        if n: t += deep(xs, n - 1) + x
    return t
show("deep", deep([1, 2, 3], 5))
def yielding(xs):
    for x in xs:
        yield x
        for y in xs: x += y
        yield x
show("yielding", list(yielding([1, 2, 0.5])))
