# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Classes below dict, list and set whose __init__ is in Python: what they are called with, what goes wrong, and what changes later.
from collections import Counter, defaultdict, OrderedDict, UserList, deque


class Table(dict):
    def __init__(self, given=None, /, **more):
        super().__init__()
        self.given, self.more = given, more

    def show(self):
        return type(self).__name__, dict(self), self.given, self.more


class Plain(list):
    def __init__(self, a, b=2):
        self.append(a)
        self.append(b)


class Both(set):
    def __init__(self, *given):
        super().__init__(given)


class Factory(defaultdict):
    def __init__(self, name):
        super().__init__(list)
        self.name = name


class Ordered(OrderedDict):
    def __init__(self, *given):
        super().__init__()
        for g in given:
            self[g] = len(self)


class Two(Plain):
    pass


class Slotted(dict):
    __slots__ = ("x",)

    def __init__(self, x):
        self.x = x


class Made(dict):
    def __new__(cls, *given):
        print("new", given)
        return super().__new__(cls)

    def __init__(self, *given):
        print("init", given)


def error(f, *given, **more):
    try:
        return f(*given, **more)
    except Exception as e:
        return type(e).__name__, str(e)


for _ in range(2):
    print(Table().show(), Table(1).show(), Table(1, a=2).show(), Table(**{"given": 3}).show())
    print(Plain(1), Plain(1, 3), Plain(b=1, a=0), Two(5), type(Two(5)).__name__, Both(), sorted(Both(1, 2, 1)))
    f = Factory("n")
    f["a"].append(1)
    print(f, f.name, Ordered("x", "y"), Slotted(4).x, Made(1), error(Made().update, 1))
    print(error(Plain), error(Plain, 1, 2, 3), error(Plain, 1, c=2), error(Both, []), error(Table, 1, 2))
    print(Counter("hello"), Counter(), Counter(a=2, b=1), Counter({"x": 3}), Counter(c for c in "aab"), UserList([1]), deque([1]))
    print(error(Counter, "a", "b"), error(Counter, 5), Counter("aab", a=3))


class Wrong(dict):
    def __init__(self, given):
        return given


print(Wrong(None), error(Wrong, 1), error(Wrong))


def other(self, *given):
    self.extend(given)


Plain.__init__ = other
print(Plain(1, 2, 3), Two(4))
del Plain.__init__
print(Plain([1, 2]), Two("ab"), error(Plain, 1))
Plain.__new__ = lambda cls, *given: [given]
print(Plain(1), Two(2))


class Meta(type):
    def __call__(cls, *given):
        return "called", given


class Called(dict, metaclass=Meta):
    def __init__(self, given):
        print("never")


print(Called(1), Called())


class Deep(dict):
    def __init__(self, n):
        self["n"] = Deep(n + 1)


print(error(Deep, 0))


class Failing(list):
    def __init__(self, n):
        self.append(n)
        raise ValueError(n)

    def __del__(self):
        print("dropped", self)


print(error(Failing, 3))
