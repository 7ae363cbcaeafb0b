# Rules of arguments.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

f(a=1, b)
f(**a, *b)
f(x for x in y, 1)
f(True=1)
f(a.b=1)
f(a=x for x in y)
# CHECK: .py:4:9: error: positional argument follows keyword argument
# CHECK-NEXT:{{^}}f(a=1, b)
# CHECK-NEXT:{{^}}        ^
# CHECK: .py:5:3: error: iterable argument unpacking follows keyword argument unpacking
# CHECK-NEXT:{{^}}f(**a, *b)
# CHECK-NEXT:{{^}}  ^^^
# CHECK: .py:6:3: error: Generator expression must be parenthesized
# CHECK-NEXT:{{^}}f(x for x in y, 1)
# CHECK-NEXT:{{^}}  ^^^^^^^^^^^^
# CHECK: .py:7:3: error: cannot assign to True
# CHECK-NEXT:{{^}}f(True=1)
# CHECK-NEXT:{{^}}  ^^^^^
# CHECK: .py:8:3: error: expression cannot contain assignment, perhaps you meant "=="?
# CHECK-NEXT:{{^}}f(a.b=1)
# CHECK-NEXT:{{^}}  ^^^^
# CHECK: .py:9:3: error: invalid syntax. Maybe you meant '==' or ':=' instead of '='?
# CHECK-NEXT:{{^}}f(a=x for x in y)
# CHECK-NEXT:{{^}}  ^^
