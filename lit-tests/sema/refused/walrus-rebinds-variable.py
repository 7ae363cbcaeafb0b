# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:2: error: assignment expression cannot rebind comprehension iteration variable 'x'
[x:=1 for x in y]
