# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:7: error: mapping pattern checks duplicate key (1)
match x:
 case {1:a,1:b}:pass
