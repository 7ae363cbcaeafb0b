# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Containers that classes and modules have: looked up where they are until something hides or changes them.
import types


class Table:
    rows = [3, 5, 8]
    names = ("a", "b", "c")
    known = {"a": 1, "b": 2, "c": 3}

    def total(self, n, at=-1, change=None):
        s = 0
        for i in range(n):
            if i == at:
                change(self)
            s += self.rows[i % 3] + self.known[self.names[i % 3]]
        return s


class Derived(Table):
    rows = [30, 50, 80]


def hide(table):
    table.rows = [1, 1, 1]


def hide_in_dict(table):
    table.__dict__["names"] = "cab"


def rebind(table):
    type(table).rows = (7, 7, 7)


def describe(table):
    type(table).rows = property(lambda self: [9, 9, 9])


def forget(table):
    del type(table).rows


def instead(table):
    type(table).__getattr__ = lambda self, name: [2, 2, 2] if name == "rows" else AttributeError(name)


print(Table().total(9), Derived().total(9))
for change in hide, hide_in_dict:
    print(change.__name__, Table().total(9, 4, change), Derived().total(9, 4, change), Table().total(9))
for change in rebind, describe, rebind, forget:
    print(change.__name__, Derived().total(9, 4, change), Table().total(3))
Derived.rows = [4, 4, 4]
for change in forget, instead:
    table = Derived()
    try:
        print(change.__name__, table.total(9, 4, change))
    except AttributeError as e:
        print(change.__name__, e)
rebind(Table())
print(Table().total(9, 4, describe))
try:
    print(Table().total(9, 4, forget))
except AttributeError as e:
    print(e, e.__traceback__.tb_next.tb_lineno)

holder = types.SimpleNamespace(rows=[1, 2, 3])
module = types.ModuleType("made")
module.rows = [10, 20, 30]


def through(n, at, change):
    s = 0
    for i in range(n):
        if i == at:
            change()
        s += source.rows[i % 3]
    return s


def other():
    source.rows = [0.5, 0.25, 0.125]


def gone():
    del source.rows


Derived.rows = [5, 5, 5]
for source in holder, module, Derived:
    print(through(9, 5, other), source.rows)
    try:
        print(through(9, 5, gone))
    except AttributeError as e:
        print(e)


class Last:
    def __del__(self):
        print("gone")


class Keeper:
    kept = [Last()]

    def look(self, n):
        total = 0
        for i in range(n):
            total += i
            if i == 1:
                one = self.kept[0]
            elif i == 2:
                Keeper.kept = []
                print("dropped")
            elif i == 3:
                one = None
                print("last")
        return total


print(Keeper().look(5))
