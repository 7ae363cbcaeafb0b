# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# None and what is compared with it: of builtin types and of classes that say nothing, identity decides; a proxy, a number-like or a text-like
# of a class with its own equality is asked, from either side.
import array
import collections
import datetime
import decimal
import fractions
import weakref


class Plain:
    pass


class Equal:
    def __eq__(self, other):
        print("asked", type(self).__name__, other is None)
        return True


class NotAlways:
    def __ne__(self, other):
        return "different"


class Text(str):
    pass


class LoudText(str):
    __hash__ = str.__hash__

    def __eq__(self, other):
        return other is None


class Meta(type):
    def __eq__(cls, other):
        return other is None

    __hash__ = type.__hash__


class Asked(metaclass=Meta):
    pass


class Row(collections.namedtuple("Row", "a b")):
    pass


def tested(values):
    counts = [0, 0, 0, 0]
    for v in values:
        if v == None: counts[0] += 1
        if None == v: counts[1] += 1
        if v != None: counts[2] += 1
        if None != v: counts[3] += 1
    return counts


equal = Equal()
plain = Plain()
values = [None, 0, 1.5, 2 ** 80, True, 1j, "", "text", b"", bytearray(), [], [None], (), (None,), {}, set(), frozenset(), range(3),
          slice(None), memoryview(b""), Ellipsis, NotImplemented, len, tested, int, type(None), Plain, plain, Text("t"), Row(1, None),
          collections.OrderedDict(), collections.Counter(), collections.deque(), array.array("i"), datetime.date(2020, 1, 1),
          datetime.timedelta(0), decimal.Decimal(0), fractions.Fraction(0), iter([]), (x for x in ())]
for v in values:
    for r in (v == None, None == v, v != None, None != v):
        assert r is True or r is False
    print(type(v).__name__, v == None, None == v, v != None, None != v)
print(tested(values))
print(tested([equal, NotAlways(), LoudText("x"), Asked, plain]))
print((NotAlways() != None), (None != NotAlways()), LoudText("a") == None, None == LoudText("a"), Asked == None, None == Asked, Asked != None)
print(tested([weakref.proxy(equal), weakref.proxy(plain)]))
print(None == None, None != None, None in [equal], [None].index(None), [0, "", None].count(None), {None: 1}.get(None))
Plain.__eq__ = lambda self, other: "changed"
print(plain == None, None == plain, tested([plain]))
