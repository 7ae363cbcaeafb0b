# RUN: krait emit --ir %s | FileCheck %s
# What a display has of ints beside floats, and what min and max are given of both, is guessed to be a float that may be an int.
# CHECK: function @{{[0-9]+}} "total"
# CHECK: real.check
# CHECK: f64.add
# CHECK: function @{{[0-9]+}} "sizes"
# CHECK: exact.check
# CHECK: f64.abs
# CHECK: function @{{[0-9]+}} "clamped"
# CHECK: raw x real
# CHECK: f64.max
# CHECK: f64.min

# CHECK: function


def total(values):
    t = 0.0
    for v in values:
        t += v * 0.5
    return t


def sizes(values):
    t = 0.0
    for v in values:
        t += abs(v)
    return t


def clamped(n: int):
    t = 0.0
    for i in range(n):
        x = i * 0.5 - 1
        x = max(0, x)
        t += min(x, 1)
    return t


def main():
    values = [1, 2.5, -3, 4.5]
    print(total(values), sizes(values), clamped(9))


main()
