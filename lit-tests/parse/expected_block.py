# A missing block names the statement and its line.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

def f():
x = 1
# CHECK: .py:5:1: error: expected an indented block after function definition on line 4
# CHECK-NEXT:{{^}}x = 1
# CHECK-NEXT:{{^}}^
