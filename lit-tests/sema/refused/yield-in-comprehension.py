# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:3: error: 'yield' inside list comprehension
[(yield) for x in y]
