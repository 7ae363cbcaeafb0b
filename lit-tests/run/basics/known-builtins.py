# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
"""range loops, len, list.append and unpacking, compiled by what they usually mean: and when they mean something else."""
import builtins
import sys


def count(*args):
    seen = []
    for i in range(*args):
        seen.append(i)
    return seen


def up(a, b):
    out = []
    for i in range(a, b):
        out.append(i)
        i = "rebound"
    return out, i if out else None


def stepped(a, b, c):
    out = []
    for i in range(a, b, c):
        out.append(i)
        if len(out) > 5:
            break
    else:
        out.append("else")
    return out


print(count(3), count(2, 5), count(9, 2, -3))
print(up(0, 3), up(-2, 1), up(3, 3), up(5, 1))
for args in ((0, 10, 3), (10, 0, -3), (0, 10, -1), (5, 5, 1), (True, 4, 2), (0, 1, 2**61), (0, -1, -(2**61)),
             (2**62 - 3, 2**62 + 3, 2), (-(2**62), 2**62 - 1, 2**61), (2**62 - 1, -(2**62), -(2**62) + 1), (2**70, 2**70 + 3, 1), (0, 2**64, 2**62)):
    print(args, stepped(*args))
for args in ((0, 1, 0), (0.0, 1, 1), ("a", 1, 1), (0, None, 1)):
    try:
        stepped(*args)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e, e.__traceback__.tb_next.tb_lineno)


def nested(n):
    total = 0
    for i in range(n):
        for j in range(i, n):
            if j % 3 == 2:
                continue
            for k in range(j):
                if k > 2:
                    break
                total += i + j * k
    return total


def reused(n):
    # The same hidden variable serves a range and, later, a list.
    a = [i for i in range(n)]
    t = 0
    for i in range(n):
        t += i
    for i in a:
        t += i
    for i in range(n, 0, -1):
        t -= i
    return t


def with_handlers(n):
    out = []
    for i in range(n):
        try:
            if i == 1:
                raise ValueError(i)
            if i == 3:
                continue
            out.append(10 // (i - 2))
        except ZeroDivisionError:
            out.append("zero")
        except ValueError as e:
            out.append(e.args)
        finally:
            out.append(".")
    return out


def escape(n):
    for i in range(n):
        if i == 2:
            raise KeyError(i)


def squares(n):
    for i in range(n):
        yield i * i


print(nested(9), reused(5), with_handlers(5), list(squares(4)))
try:
    escape(5)
except KeyError as e:
    frame = e.__traceback__.tb_next.tb_frame
    print(e, frame.f_locals)


class Mine:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n

    def append(self, x):
        return ("appended", x)


class Items(list):
    def __len__(self):
        return 77

    def append(self, x):
        super().append(x)
        return len(self)


def sizes(x):
    return len(x)


def add(x, v):
    return x.append(v)


print([sizes(x) for x in ([1], (1, 2), "abc", "€", b"ab", {}, {1, 2}, range(5), Mine(4), Items(), Items([1]))])
for x in (5, None, Mine(-1), Mine(2**70), Mine("x")):
    try:
        print(sizes(x))
    except (TypeError, ValueError, OverflowError) as e:
        print(type(e).__name__, e)
items = [1]
print(add(items, 2), add(items, items), len(items), items[2] is items, add(Mine(0), 3), add(Items(), 4))
try:
    add((), 1)
except AttributeError as e:
    print(e)

real_range, real_len = range, len
builtins.len = lambda x: "patched"
print(sizes([1]))
builtins.len = real_len
range = lambda *a: ["shadowed", *a]
print(up(1, 2), stepped(1, 2, 3), nested.__name__)
range = real_range
len = lambda x: -1
print(sizes("abc"))
del len
print(sizes("abc"), up(0, 2))


def change(n):
    global range
    seen = []
    for i in range(n):
        seen.append(i)
        range = None
    range = real_range
    return seen


print(change(3))


def two(x):
    a, b = x
    return b, a


print(two((1, 2)), two([3, 4]), two("xy"), two({5: 6, 7: 8}), two(iter(range(2))))
for x in ((1,), (1, 2, 3), [1], 5, None, "x"):
    try:
        two(x)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)


class Pair(tuple):
    def __iter__(self):
        return iter("pq")


print(two(Pair((1, 2))))


class Dies:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)


def deaths():
    for i in range(2):
        d = Dies(i)
    len([Dies("in a list")])
    print("between")
    a, b = Dies("a"), Dies("b")
    a, b = (b, a)
    print("end")


deaths()
print(sys.getsizeof(0) > 0)
