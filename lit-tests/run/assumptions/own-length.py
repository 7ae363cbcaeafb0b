# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# len() of instances whose classes the module has is done in place: what it means, which method the class has, and what that gives may
# be otherwise.
import builtins
import traceback


class Stack:
    def __init__(self, items):
        self.items = items

    def __len__(self):
        return len(self.items)


class Counted:
    def __init__(self, count):
        self.count = count
        self.asked = 0

    def __len__(self):
        self.asked += 1
        return self.count


class Late(Stack):
    def __len__(self):
        return 1000


class Raises:
    def __init__(self):
        self.left = 3

    def __len__(self):
        if self.left == 0:
            raise LookupError("no length")
        self.left -= 1
        return self.left


def total(s, n):
    t = 0
    for _ in range(n):
        t += len(s)
    return t


def of_stack(n):
    s = Stack([1, 2, 3])
    t = 0
    for i in range(n):
        if len(s) < 6:
            s.items.append(i)
        t += len(s)
    return t


def of_counted(n, count):
    c = Counted(count)
    seen = []
    t = 0
    try:
        for i in range(n):
            if i == 3:
                c.count = 7
            t += len(c)
            seen.append(len(c))
    except (TypeError, ValueError, OverflowError) as e:
        print(type(e).__name__, e)
    return t, seen, c.asked


def emptied(s):
    n = 0
    while len(s):
        s.items.pop()
        n += 1
    return n


def raises():
    r = Raises()
    t = 0
    while True:
        t += len(r)


print(of_stack(10), total(Stack("ab"), 5), total(Late([]), 3), emptied(Stack(list(range(4)))))
for count in (2, 0, True, -1, 2**62, 2**80, 1.5, "3", None):
    print(repr(count), of_counted(5, count))
try:
    raises()
except LookupError as e:
    print(e, [(f.name, f.lineno, f.line) for f in traceback.extract_tb(e.__traceback__)])

# An instance has no say, its class has.
s = Stack([1, 2])
s.__len__ = lambda: 50
print(total(s, 3))
s.__class__ = Late
print(total(s, 3))
Stack.__len__ = lambda self: 9
print(of_stack(4), total(Stack([]), 3), total(s, 1))
del Stack.__len__
try:
    print(of_stack(4))
except TypeError as e:
    print(e)
Stack.__len__ = lambda self: len(self.items) * 2
print(of_stack(4))

# Nor does what len is follow from the text.
kept = builtins.len
builtins.len = lambda o: kept(o) + 100
try:
    print(of_stack(4), total(Counted(4), 3), of_counted(5, 2))
finally:
    builtins.len = kept
print(of_stack(4), total(Counted(4), 3), of_counted(5, 2))


class Dies:
    def __init__(self, name):
        self.name = name

    def __len__(self):
        return 2

    def __del__(self):
        print("gone", self.name)


def dying(n):
    t = 0
    for i in range(n):
        d = Dies(i)
        t += len(d)
        t += len(Dies(-i))
    return t


print(dying(3))


class Rows(list):
    def __getitem__(self, i):
        return list.__getitem__(self, i) * 10

    def last(self):
        return self[len(self) - 1] if len(self) > 0 else -1


def lasts(n):
    rows = Rows()
    t = rows.last()
    for i in range(n):
        rows.append(i)
        t += rows.last()
    return t


print(lasts(10))
Rows.__len__ = lambda self: list.__len__(self) // 2
print(lasts(10))
