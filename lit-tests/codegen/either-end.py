# RUN: krait emit --llvm -O2 %s | FileCheck %s
# An index that may count from the end is a number where the item is looked for, whichever way it was found: no word is made, and taken apart.


def between(values, a, b):
    total = 0.0
    for i in range(a, b):
        total += values[i]
    return total


# CHECK-LABEL: define internal i64 @__main__.between(
# CHECK: [[NUMBER:%[^ ]+]] = phi i64 [ %{{[^,]+}}, %b{{[^,]+}} ], [ [[SUM:%[^,]+]], %from.end.quick ]
# CHECK-NEXT: getelementptr inbounds i64, ptr %{{[^,]+}}, i64 [[NUMBER]]
# CHECK: from.end.quick:
# CHECK-NEXT: [[SUM]] = add i64

print(between([1.0, 2.0, 4.0], -2, 2))
