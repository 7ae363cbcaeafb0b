# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O1 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What dies in an operator may look at the variable that has the old value still.
import sys
keep = []
class C:
    def __del__(self):
        keep.append(sys._getframe(1).f_locals["s"])
class A:
    def __init__(self): self.name = "a"; self.c = C()
    def __iadd__(self, o): return 5
def f():
    s = A()
    s += 1
    return s
print(f())
x = [[n] for n in range(1000)]
print(keep)
keep.clear()
print("end")


def items():
    s = [C()]
    s += Right()
    return s


class Right:
    def __radd__(self, other):
        return "instead"


print(items(), [type(k).__name__ for k in keep])


def texts():
    s = ""
    for i in range(2000):
        s += "ab"
    t = A()
    t = t.__iadd__(2)
    return len(s), t


print(texts(), [type(k).__name__ for k in keep])
