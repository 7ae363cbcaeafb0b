# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:7: error: mapping pattern checks duplicate key (0.0)
match {}:
 case {0: _, 0.0: _}:
  pass
