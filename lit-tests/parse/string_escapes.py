# Truncated escapes.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

'ab\x1'
b'\xg'
'\N{no such name}'
# CHECK: .py:4:8: error: (unicode error) 'unicodeescape' codec can't decode bytes in position 2-4: truncated \xXX escape
# CHECK-NEXT:{{^}}'ab\x1'
# CHECK-NEXT:{{^}}       ^
# CHECK: .py:5:7: error: (value error) invalid \x escape at position 0
# CHECK-NEXT:{{^}}b'\xg'
# CHECK-NEXT:{{^}}      ^
# CHECK: .py:6:19: error: (unicode error) 'unicodeescape' codec can't decode bytes in position 0-15: unknown Unicode character name
# CHECK-NEXT:{{^}}'\N{no such name}'
# CHECK-NEXT:{{^}}                  ^
