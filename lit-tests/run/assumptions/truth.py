# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What is asked for its truth in methods done in place and in loops is mostly told by a look; where a class has a say, or gets one, it is asked.
import collections
import decimal
import fractions
import traceback


class Holder:
    def __init__(self, held):
        self.held = held

    def full(self):
        return "full" if self.held else "empty"

    def lacks(self):
        return not self.held


class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

    def total(self):
        t = self.value
        if self.next:
            t += self.next.total()
        return t


class Quiet(Node):
    pass


class Says:
    asked = 0

    def __init__(self, answers):
        self.answers = list(answers)

    def __bool__(self):
        Says.asked += 1
        return self.answers.pop(0)


class Sized:
    def __init__(self, size):
        self.size = size

    def __len__(self):
        return self.size


class Derived(Sized):
    pass


class Users(collections.UserList):
    pass


class Ints(int):
    pass


class Dicts(dict):
    def __bool__(self):
        return True


Point = collections.namedtuple("Point", "x y")
nothing = collections.namedtuple("nothing", "")


def count(holders):
    full = lacks = 0
    for h in holders:
        if h.full() == "full":
            full += 1
        if h.lacks():
            lacks += 1
    return full, lacks


def walk(node):
    total = 0
    while node:
        total += node.value
        node = node.next
    return total


def drain(stack):
    total = 0
    while stack:
        total += stack.pop()
    return total


def chain(n, cls=Node):
    node = None
    for i in range(n):
        node = cls(i, node)
    return node


values = [
    None, True, False, 0, 3, -1, 10**30, 0.0, -0.0, 1.5, float("nan"), 0j, 1j, "", "a", b"", b"a", bytearray(), bytearray(b"1"), [], [0], (), (0,), {}, {1: 2}, set(), {1},
    frozenset(), range(0), range(3), collections.deque(), collections.deque([1]), collections.Counter(), collections.OrderedDict(a=1), decimal.Decimal(0), decimal.Decimal(2),
    fractions.Fraction(0), fractions.Fraction(1, 2), Sized(0), Sized(2), Derived(0), Derived(1), Users(), Users([1]), Ints(0), Ints(3), Dicts(), Point(0, 0), nothing(), object(), int, len,
    Node(0), Quiet(0), memoryview(b""), memoryview(b"a"), array_free := type("Free", (), {})(), {}.keys(), {1: 1}.keys(), iter(()), (i for i in ()), Ellipsis, NotImplemented.__class__,
]
for value in values:
    print(type(value).__name__, count([Holder(value)] * 3), end="; ")
print()
print(count([Holder(v) for v in values]))
print(count([Holder(Says([True, True, False, False])), Holder(Says([False, True]))]), Says.asked)
print(walk(chain(10)), chain(10).total(), walk(chain(10, Quiet)), chain(10, Quiet).total())
print(drain([1, 2, 3]), drain(collections.deque([1, 2, 3])), drain({4, 5}), drain(Users([1, 2])))

# A class gets a say, and loses it.
long = chain(10)
Node.__bool__ = lambda self: self.value > 4
print(walk(long), long.total(), count([Holder(long), Holder(Node(2))]))
del Node.__bool__
Node.__len__ = lambda self: self.value
print(walk(long), long.total(), count([Holder(long), Holder(Node(0))]))
Quiet.__bool__ = lambda self: True
print(walk(chain(10, Quiet)), count([Holder(Quiet(0))]))
del Node.__len__, Quiet.__bool__
print(walk(long), long.total(), count([Holder(long), Holder(Node(0))]))


# In the middle of a loop, by what the loop calls.
class Grows(Node):
    def visit(self):
        if self.value == 3:
            Grows.__bool__ = lambda self: self.value > 1
        return self.value


def visits(node):
    seen = []
    while node:
        seen.append(node.visit())
        node = node.next
    return seen


print(visits(chain(6, Grows)))


# Errors, with their lines.
class Wrong:
    def __bool__(self):
        return 2


class Negative:
    def __len__(self):
        return -1


class Raises:
    def __bool__(self):
        raise LookupError("no truth")


for value in Wrong(), Negative(), Raises():
    for ask in lambda: count([Holder([]), Holder(value)]), lambda: walk(value), lambda: Node(1, value).total():
        try:
            ask()
        except Exception as e:
            print(type(e).__name__, e, [(f.name, f.line) for f in traceback.extract_tb(e.__traceback__)[1:]])


# Who dies when.
class Dies:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)

    def link(self):
        return Dies(self.name + "'") if self.name else None


def links(d):
    n = 0
    if d.link():
        n += 1
    print("asked")
    while d:
        n += 1
        d = d.link() if n < 4 else None
    return n


print(links(Dies("a")))
