# RUN: krait-ir %s | FileCheck %s
# A local lends its own reference, unless the right operand is the local itself.
# CHECK-LABEL: function @{{[0-9]+}} "lends"
# CHECK: [[L:%[0-9]+]] = local.lend $s
# CHECK-NEXT: [[R:%[0-9]+]] = inplace.add [[L]],
# CHECK-NEXT: local.init $s, [[R]]
def lends(s, t):
    s += t
# CHECK-LABEL: function @{{[0-9]+}} "itself"
# CHECK: [[C:%[0-9]+]] = copy
# CHECK-NEXT: [[L:%[0-9]+]] = local.lend $s
# CHECK-NEXT: inplace.add [[L]], [[C]]
def itself(s):
    s += s
