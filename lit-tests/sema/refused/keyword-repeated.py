# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:7: error: keyword argument repeated: a
f(a=1,a=2)
