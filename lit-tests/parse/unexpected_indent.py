# Indentation where there must be none.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

x = 1
  y = 2
# CHECK: .py:5:2: error: unexpected indent
# CHECK-NEXT:{{^}}  y = 2
# CHECK-NEXT:{{^}} ^
