# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:14: error: assignment expression cannot be used in a comprehension iterable expression
[y for x in (z:=1)]
