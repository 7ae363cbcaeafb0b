# Octal numbers of Python 2.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

x = 0777
# CHECK: .py:4:5: error: leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers
# CHECK-NEXT:{{^}}x = 0777
# CHECK-NEXT:{{^}}    ^
