# RUN: krait-ir %s | FileCheck %s
# A borrowed read would not survive the assignment in the same expression.
# CHECK-LABEL: function @{{[0-9]+}} "f"
# CHECK: [[X:%[0-9]+]] = local.read $x
# CHECK-NEXT: [[C:%[0-9]+]] = copy [[X]]
# CHECK: local.set $x
# CHECK: binary.add [[C]],
def f(x, g):
    return x + (x := g())
