# RUN: krait emit --llvm -O2 %s | FileCheck %s
# Nested loops that are entered again from the general body are none to LLVM: what is said of them is how often they run. What a version
# leaves by is marked while LLVM's passes run, and no longer.

# CHECK-NOT: llvm.sideeffect
# CHECK-LABEL: define internal i64 @__main__.product(
# CHECK: !irr_loop [[OFTEN:![0-9]+]]
# CHECK-LABEL: define internal i64 @__main__.single(
# CHECK-NOT: !irr_loop
# CHECK-LABEL: define available_externally
# CHECK: [[OFTEN]] = !{!"loop_header_weight", i64 {{[0-9][0-9][0-9]+}}}
def product(a, b, n):
    total = 0.0
    for i in range(n):
        row = a[i]
        for j in range(n):
            sum = 0.0
            for k in range(n):
                sum += row[k] * b[k][j]
            total += sum
    return total

def single(a, n):
    sum = 0.0
    for i in range(n):
        sum += a[i]
    return sum

product([[1.5]], [[2.5]], 1)
single([1.5], 1)
