# RUN: krait emit --ir %s | FileCheck %s
# A complex number of an int and a float is made of raw numbers.
# CHECK: function @{{[0-9]+}} "inside"
# CHECK: complex.abs
def inside(n: int):
    c = 0
    for i in range(n):
        z = complex(i, i * 0.5)
        w = complex(i * 0.25, 1)
        c += abs(z * w) < 4
    return c
print(inside(100000))
