# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Keys of a dict that only their class can compare: dates, frozensets, Decimals, instances. Who is asked, how often, and what the dict
# does when it changes meanwhile.
import datetime
import decimal
import fractions
import uuid

day = datetime.date(2024, 1, 2)
table = {day: "day", datetime.timedelta(3): "span", frozenset((1, 2)): "set", decimal.Decimal("1.5"): "decimal", fractions.Fraction(1, 3): "third",
         uuid.UUID(int=7): "uuid", b"ab" * 2: "bytes", range(0, 10, 3): "range", 2.0 ** 100: "float", 3j: "complex"}
for key in (datetime.date(2024, 1, 2), datetime.date(2024, 1, 3), datetime.datetime(2024, 1, 2), datetime.timedelta(days=3), frozenset((2, 1)), frozenset(),
            decimal.Decimal("1.50"), 1.5, fractions.Fraction(3, 2), fractions.Fraction(2, 6), uuid.UUID(int=7), b"abab", range(0, 12, 3), 2 ** 100, 3j, (1,)):
    print(table.get(key), key in table, end="; ")
print()
try:
    table[{1, 2}]
except TypeError as error:
    print(error)
print({1, 2} in {frozenset((1, 2))})


class Key:
    asked = []

    def __init__(self, name, answer=None):
        self.name, self.answer = name, answer

    def __hash__(self):
        return 5

    def __eq__(self, other):
        Key.asked.append(self.name + other.name if isinstance(other, Key) else self.name + "?")
        if self.answer:
            return self.answer(self, other)
        return self.name == other.name


def show(label, call):
    Key.asked.clear()
    try:
        print(label, call(), Key.asked)
    except Exception as error:
        print(label, type(error).__name__, error, Key.asked)


a, b, c = Key("a"), Key("b"), Key("c")
d = {a: 1, b: 2, c: 3}
show("found", lambda: d[Key("c")])
show("itself", lambda: d[b])
show("first", lambda: Key("a") in d)
show("missing", lambda: d.get(Key("z")))
show("stored", lambda: d.__setitem__(Key("b"), 5))
show("kept", lambda: d.setdefault(Key("c"), 9))
show("gone", lambda: d.pop(Key("a")))
show("int", lambda: d.get(5))
show("not implemented", lambda: {Key("n", lambda s, o: NotImplemented): 1}.get(Key("m", lambda s, o: NotImplemented)))
show("other truths", lambda: {Key("t", lambda s, o: [1]): 1}.get(Key("u")))
show("raises", lambda: {Key("r", lambda s, o: 1 / 0): 1}.get(Key("q")))


class Truthless:
    def __bool__(self):
        raise ValueError("no truth")


show("no truth", lambda: {Key("r", lambda s, o: Truthless()): 1}.get(Key("q")))


def changing(change):
    def answer(self, other):
        if armed:
            armed.pop()
            change(t)
        return self.name == other.name

    armed = []
    t = {Key("x", answer): 1, Key("y"): 2}
    armed.append(1)
    return t.get(Key("y"))


show("cleared", lambda: changing(lambda t: t.clear()))
show("grown", lambda: changing(lambda t: t.update({n: n for n in range(20)})))
show("removed", lambda: changing(lambda t: t.pop(next(iter(t)))))
show("emptied and filled", lambda: changing(lambda t: (t.clear(), t.update({Key("y"): 7}))))


class Date(datetime.date):
    def __eq__(self, other):
        print("asked", end=" ")
        return super().__eq__(other)

    __hash__ = datetime.date.__hash__


print({Date(2024, 1, 2): 1}.get(day), {day: 1}.get(Date(2024, 1, 2)), {Date(2024, 1, 2): 1}.get(Date(2024, 1, 2)))
