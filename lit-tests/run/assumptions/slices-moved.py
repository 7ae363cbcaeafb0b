# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A slice that goes where as many items of a list were is not made; everything else is done in its order.
import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def __del__(self):
        print("gone", self.name)


class Shown(list):
    def __getitem__(self, key):
        print("get", key)
        return list.__getitem__(self, key)

    def __setitem__(self, key, value):
        print("set", key, value)
        list.__setitem__(self, key, value)


def hidden(x):
    return [x].pop()


def flip(work, k):
    n = 0
    while k > 0:
        work[:k + 1] = work[k::-1]
        n += 1
        k = work[0]
    return n, work


def shift(a, b, i, j, by):
    for n in range(2):
        a[i:j] = b[i + by:j + by]
    return a


def strides(a, b, k):
    for n in range(2):
        a[:k] = b[::2]
        a[k:] = b[-1:-3:-1]
        a[1:k] = b[k - 2::-1]
    return a


def fails(a, b, k):
    n = 1
    for n in range(3):
        a[:k + n] = b[n:]
    return a


def text(a, b, k):
    for n in range(2):
        a[n:k + 1] = b[k:n:-1]
    return a


def rebound(a, b, k):
    for n in range(4):
        a[:k] = b[n:n + k]
        if n == 1:
            b = tuple(b)
        if n == 2:
            k = 2 ** 62
    return a


def tried(f, *args):
    try:
        return f(*args)
    except Exception as e:
        t = e.__traceback__.tb_next
        lines = []
        while t:
            lines.append(list(t.tb_frame.f_code.co_positions())[t.tb_lasti // 2])
            t = t.tb_next
        return type(e).__name__, str(e), lines


print(flip([3, 1, 4, 2, 0], 3), flip([2, True, 0], 2), flip(Shown([1, 0]), 1))
print(shift([0] * 6, list(range(10)), 1, 4, 2), shift(list(range(6)), [9.5] * 9, 0, 3, 1))
x = list(range(8))
print(shift(x, x, 1, 5, 2), shift(x, x, 3, 6, -2), shift(x, x, -3, -1, -1))
print(strides([0] * 6, list(range(8)), 4), strides([0] * 5, [1, 2, 3], 2), strides([], [1, 2, 3, 4, 5], 3))
print(shift(list(range(100)), list(range(200)), 10, 90, 5) == list(range(10)) + list(range(15, 95)) + list(range(90, 100)))
print(shift([Loud("a"), 1, 2], [3, 4, 5, 6], 0, 2, 1))
print(shift([1, 2, 3], [Loud("b"), "c", [4], 5], 0, 2, 1))
print(tried(fails, [1, 2, 3], 5, 1))
print(tried(fails, [1, 2, 3], None, 1), tried(fails, (1, 2), [3, 4, 5], 1), tried(fails, [1, 2, 3], [4, 5, 6, 7], "k"))
print(tried(fails, [1, 2, 3], {"a": 1}, 0), tried(fails, None, [1], 0), fails([1, 2, 3], (7, 8, 9), 1), fails([1, 2], "abc", 1))
print(text(list("abcde"), "vwxyz", 3), tried(text, bytearray(b"abcde"), b"vwxyz", 3))
print(rebound([0] * 5, list(range(9)), 2))
print(tried(shift, [1, 2], [3, 4, 5], 0, 2, 2 ** 62), tried(shift, [1, 2], [3, 4, 5], 0, 2, 1.5))
