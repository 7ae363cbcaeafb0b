# A tab after spaces means different things to different editors.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

if a:
        x
	y
# CHECK: .py:6:1: error: inconsistent use of tabs and spaces in indentation
# CHECK-NEXT:{{^}}	y
# CHECK-NEXT:{{^}}^
