# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# len() of classes derived from containers, until they have a say in it; constants of classes that change between two looks.
class Stack(list):
    pass


class Names(dict):
    pass


class Counted(list):
    def __len__(self):
        return 3 - self.asked()

    def asked(self):
        self.times = getattr(self, "times", 0) + 1
        return self.times


def drain(todo):
    taken = []
    while len(todo):
        taken.append(todo.pop())
        if len(taken) > 3:
            break
    return taken


def total(things):
    n = 0
    for thing in things:
        n += len(thing)
    return n


print(drain(Stack([1, 2, 3])), drain([4, 5]), drain(Stack("xyz")))
print(drain(Counted("abcdef")))
print(total([Stack("ab"), Names(a=1), (1, 2), "text", b"bytes", frozenset("xy"), {3}, Counted()]))


def surprising(self):
    return 10


for i in range(4):
    s = Stack("four")
    if i == 2:
        Stack.__len__ = surprising
    if i == 3:
        del Stack.__len__
    print(total([s, s]), len(drain(s)))

Names.__len__ = lambda self: "no number"
try:
    print(total([Names()]))
except TypeError as e:
    print(e)
Names.__len__ = lambda self: -1
try:
    print(total([Names()]))
except ValueError as e:
    print(e)


class Limits:
    most = 3


class Box:
    def __init__(self, size):
        self.size = size

    def fits(self):
        return self.size < Limits.most

    def shrink(self):
        if self.size > Limits.most:
            self.size = Limits.most
        return self.size + Limits.most


class Loud:
    def __del__(self):
        Limits.most = 5


def fitting(boxes):
    n = 0
    for box in boxes:
        if box.fits():
            n += 1
        n += box.shrink()
    return n


print(fitting([Box(1), Box(2), Box(3), Box(9)]))
Limits.most = 1.5
print(fitting([Box(1), Box(2), Box(3)]))


class Holder:
    kept = 0

    def swap(self, new):
        before = Limits.most
        self.kept = new
        return (before, Limits.most)


def swaps(holder, values):
    return [holder.swap(v) for v in values]


h = Holder()
h.kept = 1
print(swaps(h, [1, 2, Loud(), 4, 5]))
values = [Loud(), 4, 5]
values.reverse()
while values:
    print(swaps(h, [values.pop()]))
    if len(values) == 1:
        Limits.most = 2


class Own:
    most = 1

    def __init__(self):
        self.most = 2

    def change(self, to):
        a = self.most
        self.most = to
        return a * 100 + self.most * 10 + Own.most


def changes(o):
    n = 0
    for i in range(5):
        n += o.change(i)
        Own.most = i
    return n


print(changes(Own()))
