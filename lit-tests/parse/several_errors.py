# Errors of later top-level statements are reported too.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

x = = 1
def f():
    return 1 +
y = 2
if y
    pass
print y
# CHECK: .py:4:5: error: invalid syntax
# CHECK-NEXT:{{^}}x = = 1
# CHECK-NEXT:{{^}}    ^
# CHECK: .py:6:15: error: invalid syntax
# CHECK-NEXT:{{^}}    return 1 +
# CHECK-NEXT:{{^}}              ^
# CHECK: .py:8:5: error: expected ':'
# CHECK-NEXT:{{^}}if y
# CHECK-NEXT:{{^}}    ^
# CHECK: .py:10:1: error: Missing parentheses in call to 'print'. Did you mean print(...)?
# CHECK-NEXT:{{^}}print y
# CHECK-NEXT:{{^}}^^^^^^^
