# RUN: krait emit --llvm -O2 %s | FileCheck %s
# The step of a range is no variable of the version's loop: an iterator that the general body hands over must have that step. One that
# only the program's run tells is one.


def down(values, n):
    total = 0
    for i in range(n, 0, -3):
        total += values[i]
    return total


# CHECK-LABEL: define internal i64 @__main__.down(
# CHECK: icmp eq i64 %{{[0-9]+}}, -3
# CHECK: call i64 @krt_range_iterator(i64 %{{[^,]+}}, i64 -3, i64
# CHECK: add nsw i64 %{{[^,]+}}, -3


def other(values, n, step):
    total = 0
    for i in range(0, n, step):
        total += values[i]
    return total


# CHECK-LABEL: define internal i64 @__main__.other(
# CHECK: call i64 @krt_range_iterator(i64 %{{[^,]+}}, i64 %{{[^,]+}}, i64
# CHECK-LABEL: define internal i64 @__main__.turned(


def turned(values, n):
    total = 0
    for i in reversed(range(n)):
        total += values[i]
    return total


# CHECK: call i64 @krt_range_iterator(i64 %{{[^,]+}}, i64 -1, i64

print(down([1, 2, 3, 4], 3), other([1, 2, 3, 4], 3, 2), turned([1, 2, 3, 4], 3))
