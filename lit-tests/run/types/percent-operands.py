# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What stands on the right of str %: builtin values of all kinds, and classes that answer themselves.


class Text(str):
    def __rmod__(self, other):
        return "text was asked"


class PlainText(str):
    pass


class Number(int):
    def __rmod__(self, other):
        return "number was asked"


class Row(tuple):
    def __rmod__(self, other):
        return "row was asked"


class Other:
    def __rmod__(self, other):
        return "other was asked"

    def __str__(self):
        return "other"

    __repr__ = __str__


class Left(str):
    def __mod__(self, other):
        return "left was asked"


def modulo(a, b):
    try:
        return a % b
    except (TypeError, ValueError) as e:
        return str(e)


for _ in range(2):
    for b in ("a", 5, 2.5, None, True, 1 << 70, (1,), (), ("a", "b"), [1, 2], {"k": "v"}, b"b", {1}, range(2), 1j, str, len, Text("t"), PlainText("p"), Number(3),
              Row((1,)), Other()):
        print([modulo(a, b) for a in ("%s", "no", "%d", "<%r>", "%s %s", "%(k)s", Left("%s"), PlainText("%s"))])
Text.__rmod__ = lambda self, other: NotImplemented
print(modulo("%s", Text("t")))
del Text.__rmod__, Other.__rmod__
print(modulo("%s", Text("t")), modulo("%s", Other()))
PlainText.__rmod__ = lambda self, other: "now it is"
print(modulo("%s", PlainText("p")), modulo(PlainText("%s"), "p"), modulo(b"%s", b"a"), modulo(b"%d", 5), modulo(b"%d", Number(5)))
