# RUN: krait-ir %s | krait-opt --passes=profile-generate --verify-each > %t.ir
# RUN: krait-interp --ir %t.ir | diff %S/Inputs/profile.out -
# RUN: krait-opt %t.ir | diff %t.ir -
# The interpreter does what a module that counts does, but for the counting; and its text is read as it was written.


def f(xs, k=2, **o):
    s = 0
    for x in xs:
        s += x * k
    return s


def g(n):
    while n:
        n = yield n


class C:
    def __init__(self, x):
        self.x = x

    def m(self, *a):
        return self.x, [y for y in a if y != self.x]


print(f([1, 2.5]), f(""), list(g(0)), next(g(1)), C(3).m(3, 4))
try:
    f(["a", None])
except TypeError as e:
    print(e)
