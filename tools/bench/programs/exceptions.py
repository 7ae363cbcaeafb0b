"""Exceptions as control flow: raised through frames, matched by class, with finally and context managers."""
import sys


class Odd(ValueError):
    def __init__(self, n):
        super().__init__(n)
        self.n = n


class Guard:
    caught = 0

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if kind is not None and issubclass(kind, KeyError):
            self.caught += 1
            return True


def check(n):
    if n % 2:
        raise Odd(n)
    return n


def through(n):
    try:
        return check(n)
    finally:
        n += 1


def run(count):
    odd = even = missing = 0
    table = {}
    guard = Guard()
    for i in range(count):
        try:
            even += through(i)
        except TypeError:
            even = 0
        except Odd as error:
            odd += error.n
        try:
            table[i % 10]
        except KeyError:
            missing += 1
            if i > count // 2:
                table[i % 10] = i
        with guard:
            {}[i]
    return odd, even, missing, guard.caught


print(*run(int(sys.argv[1])))
