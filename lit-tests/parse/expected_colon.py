# A missing colon.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

while x
    pass
class A
    pass
# CHECK: .py:4:8: error: expected ':'
# CHECK-NEXT:{{^}}while x
# CHECK-NEXT:{{^}}       ^
# CHECK: .py:6:8: error: expected ':'
# CHECK-NEXT:{{^}}class A
# CHECK-NEXT:{{^}}       ^
