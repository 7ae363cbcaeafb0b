# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Loops over reversed(range(…)): the numbers of the range are counted down without either object, until one of the names means
# something else.


def total(n):
    t = 0
    for i in reversed(range(n)):
        t = t * 3 % 1001 + i
    return t


def between(a, b):
    t = []
    for i in reversed(range(a, b)):
        t.append(i)
    return t


def stepped(a, b, step):
    t = []
    for i in reversed(range(a, b, step)):
        t.append(i)
    return t


def pairs(n):
    for i in reversed(range(n)):
        for j in reversed(range(i, n)):
            yield i, j


def left_early(n):
    for i in reversed(range(n)):
        if i < n - 2:
            it = iter([])
            return i, list(it)


def changed(n):
    t = []
    for i in reversed(range(n)):
        t.append(i)
        i = "text" if i == 1 else i * 1.5
        t.append(i)
    return t


print(total(10), total(0), total(-3))
print(between(2, 6), between(6, 2), between(-3, 3), between(2**62 - 3, 2**62 + 2), between(-(2**61) - 2, -(2**61) + 2), between(2**70, 2**70 + 2))
print(stepped(0, 10, 3), stepped(10, 0, -3), stepped(0, 10, -1), stepped(5, 6, 7))
print(list(pairs(3)), left_early(5), changed(4))
for bad in (lambda: total(1.5), lambda: between("a", 2), lambda: stepped(0, 1, 0)):
    try:
        bad()
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)

real_reversed, real_range = reversed, range


def reversed(it):
    print("reversed of", it)
    return real_reversed(it)


print(total(4), between(1, 3), list(pairs(2)))
del reversed


def range(*a):
    print("range of", a)
    return list(real_range(*a))


print(total(4), between(1, 3), list(pairs(2)))
del range
print(total(4), between(1, 3), list(pairs(2)))

import builtins

builtins.reversed = lambda it: [7]
print(total(4), between(1, 3), list(pairs(2)))
builtins.reversed = real_reversed
print(total(4), between(1, 3), list(pairs(2)))
