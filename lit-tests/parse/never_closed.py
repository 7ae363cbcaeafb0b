# A bracket that is never closed outweighs what follows it.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

x = f(1,
y = 2
# CHECK: .py:4:6: error: '(' was never closed
# CHECK-NEXT:{{^}}x = f(1,
# CHECK-NEXT:{{^}}     ^
