# The print statement of Python 2.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

print "a", b
# CHECK: .py:4:1: error: Missing parentheses in call to 'print'. Did you mean print(...)?
# CHECK-NEXT:{{^}}print "a", b
# CHECK-NEXT:{{^}}^^^^^^^^^^^^
