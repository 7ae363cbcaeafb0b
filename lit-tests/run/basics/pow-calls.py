# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# RUN: krait emit --ir -O2 --function power %s | FileCheck %s
# pow() of two is the operator, as long as the name means the builtin: the same results, errors and places.
# CHECK: is.builtin "pow"
# CHECK: binary.pow
import builtins
import traceback


def power(x, y):
    return pow(x, y)


def squares(n):
    total = 0.0
    for i in range(n):
        total += pow(i * 0.5, 2) + pow(i, 2)
    return total


class Odd:
    def __init__(self, name):
        self.name = name

    def __pow__(self, other, modulo=None):
        return f"{self.name} ** {other} % {modulo}"

    def __rpow__(self, other):
        return f"{other} ** {self.name}"

    def __repr__(self):
        return self.name

    def __del__(self):
        print("del", self.name)


def show(error):
    print(type(error).__name__, error)
    for entry in traceback.extract_tb(error.__traceback__):
        print("  ", entry.name, entry.lineno, entry.colno, entry.end_colno)


for x, y in ((2, 10), (2, -1), (0, -1), ("a", 2), (2.5, 3), (-8, 1 / 3), (True, 3), (0, 0), (2**70, 3), (1j, 2), (1e300, 2), (2.0, 0.5)):
    try:
        print(power(x, y))
    except Exception as error:
        show(error)
print(squares(300))
print(power(Odd("a"), 2), pow(3, Odd("b")), pow(Odd("c"), Odd("d")))
print(pow(Odd("e"), 2, 5), pow(base=2, exp=5), pow(*(2, 6)), pow(2, 3, 5))
for wrong in (lambda: pow(2), lambda: pow(), lambda: pow(1, 2, 3, 4), lambda: pow(*"ab")):
    try:
        wrong()
    except TypeError as error:
        print(error)
print([pow(k, 2) for k in range(5)], list(map(lambda k: pow(2, k), range(5))))

old = builtins.pow
builtins.pow = lambda x, y: ("own", x, y)
print(power(2, 3))
builtins.pow = old
print(power(2, 3))
globals()["pow"] = lambda x, y: ("global", x, y)
print(power(2, 3))
del globals()["pow"]
print(power(2, 3))
