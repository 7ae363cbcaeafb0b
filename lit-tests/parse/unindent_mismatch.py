# A line that is indented like none of the blocks around it.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

if a:
    if b:
        x
      y
# CHECK: .py:7:8: error: unindent does not match any outer indentation level
# CHECK-NEXT:{{^}}      y
# CHECK-NEXT:{{^}}       ^
