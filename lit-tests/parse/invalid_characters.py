# A character that stands in no token.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

x = a ¿ b
# CHECK: .py:4:7: error: invalid character '¿' (U+00BF)
# CHECK-NEXT:{{^}}x = a ¿ b
# CHECK-NEXT:{{^}}      ^
