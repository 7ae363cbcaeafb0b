# RUN: krait emit --llvm -O2 %s | FileCheck %s
# A class whose instances have no dict is told from the others by its version: what stands before the instance is not looked at.


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def size(self):
        return self.x * self.x + self.y * self.y


def total(points):
    sum = 0.0
    for p in points:
        sum += p.size()
    return sum


# CHECK-LABEL: define internal i64 @__main__.total(
# CHECK: [[FLAGGED:%[0-9]+]] = or i64 %{{[0-9]+}}, -9223372036854775808
# CHECK: icmp eq i64 [[FLAGGED]], %

print(total([Point(1.0, 2.0), Point(0.5, 0.25)]))
