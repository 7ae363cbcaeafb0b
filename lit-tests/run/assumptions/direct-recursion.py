# RUN: krait run -O0 %s 2>&1 | diff %s.out -
# RUN: krait run -O2 --verify-each %s 2>&1 | diff %s.out -
# Functions that call themselves straight: the same depth, tracebacks and deaths, and what looks at frames sees the same.
import traceback


def deep(n):
    if n < 0:
        return 0
    global reached
    reached = n
    return deep(n + 1) + 1 + n * 0


def depth(f):
    try:
        f(0)
    except RecursionError as e:
        return reached, len(traceback.extract_tb(e.__traceback__)), str(e)


print(depth(deep))


def fails(n, rest):
    if n < 1:
        return rest // n
    return fails(n - 1, rest + 1) + n * 0 + rest


try:
    fails(3, 7)
except ZeroDivisionError as e:
    print(traceback.format_exc().replace(__file__, "FILE"))


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies:", self.name)


def dropped(n, first, second):
    if n < 1:
        del first
        print("deleted")
        return 0
    local = Noisy(f"local {n}")
    return dropped(n - 1, Noisy(f"first {n}"), Noisy(f"second {n}")) + n * 0 + n


print(dropped(2, Noisy("a"), Noisy("b")))


def raising(n, x):
    if n < 1:
        raise ValueError(x.name)
    return raising(n - 1, Noisy(f"x {n}")) + n * 0


try:
    raising(2, Noisy("outer"))
except ValueError as e:
    print(e)
print("handled")


class Tree:
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def check(self):
        total = 1
        for part in (self.left, self.right):
            if part is not None:
                total += part.check()
        return total


class Marked(Tree):
    def check(self):
        return 100 + Tree.check(self)


def make(n, kind):
    return kind(None, None) if n == 0 else kind(make(n - 1, Tree), make(n - 1, kind))


tree = make(4, Tree)
print(tree.check(), make(4, Marked).check())
old = Tree.check
tree.right.check = lambda: 1000
print(tree.check())
Tree.check = lambda self: -1
print(tree.check(), old(tree), old(make(2, Marked)))
del Tree.check
try:
    old(make(2, Tree))
except AttributeError as e:
    print(e)


def outer(limit):
    def inner(n):
        if n >= limit:
            return 0
        return inner(n + 1) + n + n * 0

    first = inner(0)
    kept = inner

    def inner_of(n):
        return 1000

    inner = inner_of
    return first, kept(0)


print(outer(5))


def produce(n):
    if n < 1:
        return
    yield n
    yield from produce(n - 1)
    yield n * 0 + n


print(list(produce(3)))


def unbound(n):
    if n < 1:
        del n
        return n
    return unbound(n - 1) + n * 0 + n


try:
    unbound(2)
except UnboundLocalError as e:
    print(e)
