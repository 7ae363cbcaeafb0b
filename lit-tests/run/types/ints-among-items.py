# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# A small int or a text looked for in a list or tuple is compared word by word only as long as the items are of its kind: behind them stand others
# that equal it, and items that have a say.


class Any:
    def __init__(self, name):
        self.name = name

    def __eq__(self, other):
        print(self.name, "==", other)
        return self.name == "yes"

    __hash__ = None


class Number(int):
    def __eq__(self, other):
        print("Number", int(self), other)
        return NotImplemented

    __hash__ = int.__hash__


class Text(str):
    def __eq__(self, other):
        print("Text", str(self), other)
        return str.__eq__(self, other)

    __hash__ = str.__hash__


class Own(tuple):
    def __contains__(self, v):
        print("asked for", v)
        return "perhaps"


def both(items, v):
    return v in tuple(items), v in list(items), v not in tuple(items)


for items in ([], [1, 2, 3], [1, 2, 3.0], [1, True, 0], [1, Any("no"), 3], [Any("yes"), 3], [1, Number(3)], [2**70, 3], [None, "3", 3], ["a", 3], [(3,), [3], 3]):
    print(both(items, 3), both(items, 7))
print(both([1, 2], True), both([1, 2], 1.0), both([0, 1], False), both([2**62, 2**63], 2**62), both([1.0, 2.0], 2))
print(both(["a", "bc", "d"], "bc"), both(["a", Text("bc")], "bc"), both([1, "bc"], "bc"), both(["ab", Any("yes")], "bc"), both(["é", "日"], "日"), both(["a"], Text("a")))
print(3 in Own((1, 2)), 3 in Own())
try:
    print(3 in [1, 2, type("Bad", (), {"__eq__": lambda self, o: 1 / 0})()])
except ZeroDivisionError as e:
    print("ZeroDivisionError", e)


# Equality of what is equal to nothing but itself, of bytes, and of what has None beside.
class Plain:
    pass


class Derived(Plain):
    def __eq__(self, other):
        print("Derived ==")
        return True

    def __ne__(self, other):
        print("Derived !=")
        return True


def compare(a, b):
    return a == b, a != b


p, q, d = Plain(), Plain(), Derived()
print(compare(p, p), compare(p, q), compare(p, d), compare(d, p), compare(p, None), compare(None, p), compare(None, None), compare(d, None))
print(compare(b"ab", bytes([97, 98])), compare(b"ab", b"ac"), compare(b"", b""), compare(b"a", bytearray(b"a")), compare(b"a", "a"), compare(b"ab", b"abc"))
print(compare(Plain, Plain), compare(Plain, Derived), compare(len, len), compare(p, 3), compare(3, p), compare((1, p), (1, p)), compare([d], [p]), compare([p], [q]))
