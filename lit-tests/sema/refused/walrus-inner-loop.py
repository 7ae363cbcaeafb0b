# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:38: error: comprehension inner loop cannot rebind assignment expression target 'j'
[i for i in range(5) if (j := 0) for j in range(5)]
