# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Keys and predicates that are no Python functions: builtin functions, methods of builtin types, itemgetter and its like, classes.
import functools
import itertools
import operator
import sys

words = ["pear", "Apple", "fig", "Date", "", "kiwi"]


class Text(str):
    def lower(self): return "own " + str.lower(self)


class Row:
    def __init__(self, *items): self.items = items
    def __getitem__(self, i):
        counts.append(sys.getrefcount(self))
        return self.items[i]
    def __repr__(self): return f"Row{self.items}"


def tried(f, *args, **named):
    try:
        print(f(*args, **named))
    except Exception as e:
        print(type(e).__name__, e)


for key in (len, str.lower, str.swapcase, operator.methodcaller("upper"), functools.partial(str.find, "xa"), {"fig": 3, "": 1}.__contains__,
            {"fig": "a"}.get, bool, str, str.title, str.__len__, "axp".count, operator.itemgetter(slice(1, 2)), [].append):
    name = getattr(key, "__name__", type(key).__name__)
    tried(lambda: (name, sorted(words, key=key)))
    tried(lambda: (name, max(words, key=key), min(words, key=key)))
    tried(lambda: (name, list(filter(key, words)), list(itertools.filterfalse(key, words))))
    tried(lambda: (name, list(map(key, words)), list(map(key, iter(words))), list(map(key, (w for w in words)))))
    tried(lambda: (name, list(itertools.takewhile(key, words)), list(itertools.dropwhile(key, words))))
    tried(lambda: (name, [(k, list(g)) for k, g in itertools.groupby(words, key)]))

mixed = [Text("B"), "a", Text("C")]
print(sorted(mixed, key=str.lower), list(map(str.lower, mixed)), sorted(mixed, key=operator.methodcaller("lower")))
tried(lambda: list(map(str.lower, ["a", 1])))
tried(lambda: sorted(["a", b"b"], key=str.upper))
tried(lambda: list(map(len, [1])))
tried(lambda: list(map(str.replace, ["a"])))
tried(lambda: max([3], key=operator.itemgetter(0)))
tried(lambda: list(filter(operator.attrgetter("real"), [0, 1, "x"])))

rows = [Row(2, 1), Row(1, 2), Row(0, 5)]
first = operator.itemgetter(0)
for use in (lambda: sorted(rows, key=first), lambda: max(rows, key=first), lambda: list(filter(first, rows)), lambda: list(map(first, rows)),
            lambda: [k for k, _ in itertools.groupby(rows, first)], lambda: list(map(first, (Row(i) for i in range(2)))),
            lambda: min((Row(i) for i in (3, 1, 2)), key=first)):
    counts = []
    print(use(), counts)


# Who empties the list meanwhile.
class Emptying:
    def __init__(self, n): self.n = n
    def __getitem__(self, i):
        target.clear()
        return self.n
    def __del__(self): print("end of", self.n)


target = [Emptying(2), Emptying(1)]
tried(lambda: [e.n for e in map(first, target)])
target = [Emptying(4), Emptying(3)]
print(list(map(first, target)))
target = [Emptying(6), Emptying(5)]
print(max(target, key=first).n)


# Each such call is a level of recursion where CPython's is one.
def depth(f):
    n = 0
    def g():
        nonlocal n
        n += 1
        f(g)
    try:
        g()
    except RecursionError:
        pass
    return n


class Looked:
    def __init__(self, g): self.g = g
    def __getitem__(self, i): self.g()
    def __getattr__(self, name): self.__dict__["g"]()
    def __len__(self): self.g()
    def call(self): self.g()


sys.setrecursionlimit(200)
second, called = operator.attrgetter("second"), operator.methodcaller("call")
print(depth(lambda g: g()), depth(lambda g: first(Looked(g))), depth(lambda g: second(Looked(g))), depth(lambda g: called(Looked(g))))
print([depth(lambda g: list(map(f, [Looked(g)]))) for f in (first, second, called, len)])
print([depth(lambda g: list(filter(f, [Looked(g)]))) for f in (first, second, called, len)])
print([depth(lambda g: max([Looked(g)], key=f)) for f in (first, second, called, len)])
