# RUN: krait emit --llvm -O2 %s | FileCheck %s
# What a version leaves by is marked while LLVM's passes run, and no longer: what leads there alone is seldom.

# CHECK-NOT: call void @llvm.sideeffect
# CHECK-LABEL: define internal i64 @__main__.product(
# CHECK-NOT: call void @llvm.sideeffect
# CHECK-LABEL: define available_externally
def product(a, b, n):
    total = 0.0
    for i in range(n):
        total += a[i] * b[i]
    return total

product([1.5], [2.5], 1)
