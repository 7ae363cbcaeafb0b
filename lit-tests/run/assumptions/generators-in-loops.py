# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Generators whose bodies are done in the loops over them: what was expected changes while the program runs.
import gc
import sys
import traceback


class Heard:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)


def upto(n, step=1):
    i = 0
    while i < n:
        yield i
        i += step


def squares(n):
    for x in upto(n):
        yield x * x


def odd(n):
    for x in squares(n):
        if x & 1:
            yield x


def total(n):
    t = 0
    for x in upto(n):
        t += x
    return t


def other(n, step=1):
    yield "other"
    yield n * step


def rebound():
    """The name, the function's code, its defaults."""
    global upto
    print(total(5))
    kept, upto = upto, other
    print_all(lambda: [x for x in odd(3)], lambda: total(5))
    upto = kept
    code, upto.__code__ = upto.__code__, other.__code__
    print_all(lambda: total(5))
    upto.__code__ = code
    upto.__defaults__ = (2,)
    print(total(6), [x for x in odd(10)])
    upto.__defaults__ = None
    print_all(lambda: total(5))
    upto.__defaults__ = (1,)
    print(total(6))


def print_all(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as e:
            print(type(e).__name__, e)


class Tree:
    def __init__(self, values):
        self.values = values

    def __iter__(self):
        for v in self.values:
            yield v

    def each(self, times=1):
        for v in self.values:
            yield v * times


class Counted(Tree):
    def each(self, times=1):
        n = 0
        for v in super().each(times):
            n += 1
            yield n, v

    def count(self):
        n = 0
        for v in super().each(2):
            n += v
        return n


class Doubled(Tree):
    def each(self, times=1):
        return iter([v * 2 for v in self.values])

    def __iter__(self):
        return iter(reversed(self.values))


def visit(tree):
    found = []
    for v in tree:
        found.append(v)
    for v in tree.each():
        found.append(v)
    for v in tree.each(times=3):
        found.append(v)
    return found


def overridden():
    tree = Tree([1, 2])
    print(visit(tree), visit(Doubled([1, 2])))
    tree.each = lambda times=1: ("own", times)
    tree.__iter__ = lambda: iter("not asked")
    print(visit(tree))
    del tree.each
    each, Tree.each = Tree.each, lambda self, times=0: [times]
    print(visit(tree))
    Tree.each = each
    iterate = Tree.__iter__
    Tree.__iter__ = None
    print_all(lambda: visit(tree))
    del Tree.__iter__
    print_all(lambda: visit(tree))
    Tree.__iter__ = iterate
    print(visit(tree))
    counted = Counted([3, 4])
    print(visit(counted), counted.count())
    each, Tree.each = Tree.each, lambda self, times=0: [times]
    print(visit(counted), counted.count())
    Tree.each = each
    tree.__class__ = Doubled
    print(visit(tree))


def powers(x):
    while True:
        yield x
        x = x * x


def large(n):
    t = 0
    for x in powers(3):
        t += x
        n -= 1
        if not n:
            break
    return t


def mixed(values):
    for v in values:
        yield v + 1


def of_mixed(values):
    t = 0
    for v in mixed(values):
        t = t + v
    return t


def held(n):
    a = Heard("a")
    for x in inner(n):
        b = Heard(f"b{x}")
        yield x


def inner(n):
    c = Heard("c")
    for x in range(n):
        d = Heard(f"d{x}")
        yield x
    print("inner ends")


def ends(n, stop):
    for x in held(n):
        if x == stop:
            break
    print("left")


def suspended(n):
    for x in held(n):
        yield x


def closed():
    g = suspended(5)
    print(next(g), next(g))
    g.close()
    print("closed")
    g = suspended(5)
    print(next(g))
    del g
    print("deleted")
    g = suspended(5)
    next(g)
    try:
        g.throw(KeyError("thrown"))
    except KeyError as e:
        print([f.name for f in traceback.extract_tb(e.__traceback__)])
        e = None
    print("thrown")
    print(list(suspended(2)))


def fails(n):
    for i in range(n):
        if i == n - 1:
            raise ValueError(i)
        yield i


def context():
    try:
        {}["key"]
    except KeyError:
        try:
            for x in fails(2):
                pass
        except ValueError as e:
            print(repr(e.__context__), [f.name for f in traceback.extract_tb(e.__traceback__)])


def retried():
    t = []
    for n in (3, 1, 2):
        try:
            for x in fails(n):
                t.append(x)
            else:
                t.append("else")
        except ValueError as e:
            t.append(repr(e))
        finally:
            t.append("finally")
    return t


def to_the_end(n):
    """How deep a call in the body may go."""
    for x in upto(1):
        return 1 + to_the_end(n + 1)


def deepest():
    try:
        to_the_end(0)
    except RecursionError as e:
        return str(e)


def steps_at_the_limit(n):
    if n:
        return steps_at_the_limit(n - 1)
    t = 0
    for x in upto(3):
        t += x
    return t


def collected():
    class Node:
        pass
    def nodes(n):
        for i in range(n):
            node = Node()
            node.self = node
            node.heard = Heard(f"node {i}")
            yield node
    for node in nodes(2):
        node = None
        gc.collect()
        print("collected")


def shared(n):
    """One loop after the other, and each in the other."""
    t = []
    for x in upto(n):
        for y in upto(n):
            if y > x:
                break
            for z in upto(y):
                t.append((x, y, z))
    return t


def assigned():
    def talk():
        got = yield 1
        print("got", got)
        got = yield 2
        print("got", got)
        return "value"
    for x in talk():
        print("item", x)


def parts():
    def triples(n):
        for i in range(n):
            yield i, str(i), i / 2
        yield n, "end"
    t = []
    try:
        for a, b, c in triples(2):
            t.append((c, b, a))
    except ValueError as e:
        t.append(str(e))
    for a, *b in triples(1):
        t.append((a, b))
    return t


class Table:
    def __init__(self, rows):
        self.rows = rows

    def items(self):
        for n, row in enumerate(self.rows):
            yield n, row

    def values(self):
        for row in self.rows:
            yield row


class Derived(dict):
    def keys(self):
        for k in super().keys():
            yield k + 1


def views(change=None):
    """Methods that dicts have, too."""
    table = Table([1, 2])
    if change:
        table = change
    t = []
    for n, row in table.items():
        t.append((n, row))
    for row in table.values():
        t.append(row)
    derived = Derived({1: 2})
    for k in derived.keys():
        t.append(k)
    for k, v in derived.items():
        t.append((k, v))
    return t


print(views(), views({5: 6}), views(Derived({7: 8})))
print_all(lambda: views([1]))
for _ in range(2):
    rebound()
    overridden()
print(large(4), large(9) % 1000007)
print(of_mixed([1, 2]), of_mixed([1.5, 2]), of_mixed([2 ** 62, 2 ** 62]), of_mixed([True, 1j]))
print_all(lambda: of_mixed(["a"]), lambda: of_mixed(5))
ends(3, 1)
ends(2, 5)
closed()
context()
print(retried(), deepest())
limit = sys.getrecursionlimit()
sys.setrecursionlimit(120)
for n in range(95, 130):
    try:
        steps_at_the_limit(n)
    except RecursionError as e:
        print("too deep", [f.name for f in traceback.extract_tb(e.__traceback__)][-2:])
        break
sys.setrecursionlimit(limit)
collected()
print(shared(4))
assigned()
print(parts())
