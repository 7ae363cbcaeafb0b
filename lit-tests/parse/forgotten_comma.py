# Two expressions in a row inside brackets.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

f(a, b c)
# CHECK: .py:4:6: error: invalid syntax. Perhaps you forgot a comma?
# CHECK-NEXT:{{^}}f(a, b c)
# CHECK-NEXT:{{^}}     ^^^
