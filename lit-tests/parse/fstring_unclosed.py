# A field that is not closed.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

x = f'{a' + 'b'
# CHECK: .py:4:11: error: f-string: expecting '}'
# CHECK-NEXT:{{^}}x = f'{a' + 'b'
# CHECK-NEXT:{{^}}          ^
