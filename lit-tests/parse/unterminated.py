# A string that does not end on its line.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

x = 'abc
# CHECK: .py:4:5: error: unterminated string literal (detected at line 4)
# CHECK-NEXT:{{^}}x = 'abc
# CHECK-NEXT:{{^}}    ^
