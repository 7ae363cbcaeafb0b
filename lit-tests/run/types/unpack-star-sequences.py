# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Starred targets of lists and tuples of every length, of their subclasses, and of what changes meanwhile.


class L(list):
    def __iter__(self):
        return iter("xyz")


class T(tuple):
    def __iter__(self):
        return iter("pqr")


class Dies:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)

    def __repr__(self):
        return self.name


def take(value):
    try:
        a, *b = value
        print(a, b)
    except ValueError as e:
        print(e)
    try:
        *b, a = value
        print(a, b)
    except ValueError as e:
        print(e)
    try:
        a, *b, c = value
        print(a, b, c)
    except ValueError as e:
        print(e)
    try:
        a, b, *c, d, e = value
        print(a, b, c, d, e)
    except ValueError as e:
        print(e)


for n in range(6):
    take(list(range(n)))
    take(tuple(str(i) for i in range(n)))
for v in (L([1, 2, 3]), T((1, 2, 3)), "ab", {1: 2, 3: 4}, range(3), iter([1, 2])):
    take(v)
try:
    a, *b = 5
except TypeError as e:
    print(e)


def ownership():
    items = [Dies("a"), Dies("b"), Dies("c"), Dies("d")]
    first, *items, last = items
    print(first, items, last)
    first = None
    items.pop()
    last, *items = items
    print(last, items)
    items += [1]
    (x, *y), *z = [[last, *items], 5, 6]
    print(x, y, z)


ownership()
l = [0, 0, 0]
l[0], *l[1:2], l[2] = l = [7, 8, 9]
print(l)
