# RUN: krait run %s | diff %s.out -
# RUN: krait run -O0 %s | diff %s.out -
# What a caller keeps through a call is not counted by a small function that is copied into it: not where it rebinds or
# deletes its parameter, fails, is another function by then, or is entered too deep.
import sys


class Node:
    def __init__(self, name, next=None):
        self.name = name
        self.next = next

    def __del__(self):
        print("del", self.name)

    def follow(self):
        self = self.next
        return self

    def swap(self, other, third):
        self, other = other, self
        return third

    def forget(self, other):
        del other
        return self.name

    def fail(self, other):
        raise ValueError(self.name)

    def keep(self, other):
        self.next = other
        return other

    @property
    def mine(self):
        return self._mine

    @mine.setter
    def mine(self, value):
        value = (value,)
        self._mine = value


def first(a, b):
    a = b
    return a


def second(a, b, c=None):
    return b


def drop(a):
    del a


def bad(a, b):
    return a + b


class Sized:
    def __init__(self, name):
        self.name = name

    def __len__(self):
        return len(self.name)

    def __del__(self):
        print("del", self.name)


def lengths(a, b):
    return len(a), len(b), len(a) + len(b)


class Pair:
    def __init__(self, left, right):
        self.left, self.right = left, right
        left = None


class Picky:
    def __init__(self, value):
        if value is not None:
            raise TypeError("picky")


def methods(n, m):
    for _ in range(3):
        print(n.follow() is m, n.swap(m, m) is m, n.forget(m), n.keep(m) is m)
    n.mine = m
    print(n.mine[0] is m)
    n.next = None
    n.mine = None


def functions(n, m):
    for _ in range(3):
        print(first(n, m) is m, second(n, m) is m, second(n, m, n) is m, second(b=m, a=n) is m, drop(m))
    p = Pair(n, m)
    print(p.left is n, p.right is m)


def failures(n, m):
    kept = None
    for f in (lambda: n.fail(m), lambda: bad(n, m), lambda: Picky(m)):
        try:
            f()
        except (ValueError, TypeError) as e:
            kept = e
            print(type(e).__name__, sorted(e.__traceback__.tb_next.tb_next.tb_frame.f_locals))
    try:
        n.fail(m)
    except ValueError as e:
        print(e.__traceback__.tb_next.tb_frame.f_locals["other"] is m)
    try:
        bad(n, m)
    except TypeError as e:
        print(e.__traceback__.tb_next.tb_frame.f_locals["b"] is m)
    del kept


def deep(n, m, depth):
    n.keep(m)
    second(n, m)
    return deep(n, m, depth + 1)


def replaced(n, m):
    global second
    print(second(n, m) is m)
    old, second = second, lambda a, b, c=None: [a, b]
    print(second(n, m)[1] is m)
    second = old


def sizes():
    one = Sized("one")
    for other in ([1, 2], "abc", {}, (), Sized("other"), {1}, b"x"):
        print(lengths(one, other), lengths(other, one))
    try:
        lengths(one, 5)
    except TypeError as e:
        print(e, e.__traceback__.tb_next.tb_frame.f_locals["a"] is one)
    one = None
    print("one is gone")


def main():
    sizes()
    n, m = Node("n"), Node("m")
    methods(n, m)
    functions(n, m)
    failures(n, m)
    replaced(n, m)
    sys.setrecursionlimit(200)
    try:
        deep(n, m, 0)
    except RecursionError:
        print("too deep")
    n.next = None
    sys.setrecursionlimit(1000)
    n = None
    print("n is gone")
    m = None
    print("m is gone")


main()
