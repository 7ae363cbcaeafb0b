# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a variable holds is taken apart again and again: the answers of the first time hold, unless something changes them.


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


class Odd(tuple):
    def __iter__(self):
        return iter("xy")


class Plain(tuple):
    pass


def twice(loops, pair):
    for _ in range(loops):
        a, b = pair
        a, b = pair
        c, d = pair
    return a, b, c, d


def changed(pairs):
    total = 0
    for n in range(6):
        a, b = pairs
        pairs[0] = a + 1
        a, b = pairs
        if n == 3:
            pairs[1] = 2 ** 70
        a, b = pairs
        total += a + b
        a, b = pairs
        total += a
    return total


def grows(items):
    out = []
    for n in range(4):
        try:
            a, b = items
            out.append(a)
            if n == 2:
                items.append(n)
            a, b = items
            out.append(b)
        except ValueError as e:
            out.append(str(e))
    return out


def dies(pair):
    for n in range(3):
        a, b = pair
        if n == 1:
            pair[0] = None
            print("taken")
        a, b = pair
        a, b = pair
    return n


def ten(t):
    for _ in range(2):
        a, b, c, d, e, f, g, h, i, j = t
        a, b, c, d, e, f, g, h, i, j = t
        b, a = a, b
        c, d, e, f, g, h, i, j, a, b = t
    return a, b, c, d, e, f, g, h, i, j


def seventeen(t):
    for _ in range(2):
        a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q = t
        a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q = t
    return a, q


def generators(make):
    out = []
    for n in range(2):
        g = make()
        try:
            a, b = g
            out.append((a, b))
            a, b = g
        except ValueError as e:
            out.append(str(e))
    return out


class Killer:
    """Changes the list when what was taken out of it dies."""

    def __init__(self, items):
        self.items = items

    def __del__(self):
        self.items[1] = "changed"


def killed(items):
    seen = []
    for n in range(3):
        a, b = items
        if n == 0:
            items[0] = 0
        a, b = items
        seen.append(b)
        a, b = items
        seen.append(b)
    return seen


print(twice(3, (1, 2)), twice(3, [1, 2]), twice(2, "ab"), twice(2, {"k": 1, "l": 2}), twice(2, range(2)), twice(2, Odd((1, 2))), twice(2, Plain((1, 2))))
print(twice(2, (1.5, "x")), twice(2, [None, (1,)]))
for wrong in ((1,), [1, 2, 3], 5, Odd((1, 2, 3)), Plain((1,))):
    try:
        print(twice(2, wrong))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
print(changed([1, 2]))
print(grows([1, 2]), grows(["a", "b"]))
print(dies([Loud("first"), 1]))
print(ten(tuple(range(10))), ten(list(range(10))), ten("abcdefghij"))
print(seventeen(range(17)), seventeen(list(range(17))))
print(generators(lambda: (x for x in (1, 2))), generators(lambda: [3, 4]))
items = [None, "kept"]
items[0] = Killer(items)
print(killed(items))
