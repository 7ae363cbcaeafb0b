# Rules of patterns.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

match x:
    case A(b=1, 2): pass
match x:
    case a as _: pass
match x:
    case a as b.c: pass
# CHECK: .py:5:17: error: positional patterns follow keyword patterns
# CHECK-NEXT:{{^}}    case A(b=1, 2): pass
# CHECK-NEXT:{{^}}                ^
# CHECK: .py:7:15: error: cannot use '_' as a target
# CHECK-NEXT:{{^}}    case a as _: pass
# CHECK-NEXT:{{^}}              ^
# CHECK: .py:9:16: error: invalid syntax
# CHECK-NEXT:{{^}}    case a as b.c: pass
# CHECK-NEXT:{{^}}               ^
