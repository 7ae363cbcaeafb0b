# Inside a field: the position is that of the field between parentheses.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

f'{a b}'
# CHECK: .py:4:2: error: f-string: invalid syntax. Perhaps you forgot a comma?
# CHECK-NEXT:{{^}}(a b)
# CHECK-NEXT:{{^}} ^^^
