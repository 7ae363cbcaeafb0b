# What cannot be assigned to, deleted, looped over or annotated.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

f() = 1
a + b = c
x if y else z += 1
del f(), a
for f() in x: pass
(a, b): int
[x for 1 in y]
None = 1
with a as f(): pass
(a := 1) = 2
f(x.y=1)
{a: *b}
# CHECK: .py:4:1: error: cannot assign to function call here. Maybe you meant '==' instead of '='?
# CHECK-NEXT:{{^}}f() = 1
# CHECK-NEXT:{{^}}^^^
# CHECK: .py:5:1: error: cannot assign to expression here. Maybe you meant '==' instead of '='?
# CHECK-NEXT:{{^}}a + b = c
# CHECK-NEXT:{{^}}^^^^^
# CHECK: .py:6:1: error: 'conditional expression' is an illegal expression for augmented assignment
# CHECK-NEXT:{{^}}x if y else z += 1
# CHECK-NEXT:{{^}}^^^^^^^^^^^^^
# CHECK: .py:7:5: error: cannot delete function call
# CHECK-NEXT:{{^}}del f(), a
# CHECK-NEXT:{{^}}    ^^^
# CHECK: .py:8:5: error: cannot assign to function call
# CHECK-NEXT:{{^}}for f() in x: pass
# CHECK-NEXT:{{^}}    ^^^
# CHECK: .py:9:1: error: only single target (not tuple) can be annotated
# CHECK-NEXT:{{^}}(a, b): int
# CHECK-NEXT:{{^}}^^^^^^
# CHECK: .py:10:8: error: cannot assign to literal
# CHECK-NEXT:{{^}}[x for 1 in y]
# CHECK-NEXT:{{^}}       ^
# CHECK: .py:11:1: error: cannot assign to None
# CHECK-NEXT:{{^}}None = 1
# CHECK-NEXT:{{^}}^^^^
# CHECK: .py:12:11: error: cannot assign to function call
# CHECK-NEXT:{{^}}with a as f(): pass
# CHECK-NEXT:{{^}}          ^^^
# CHECK: .py:13:2: error: cannot assign to named expression here. Maybe you meant '==' instead of '='?
# CHECK-NEXT:{{^}}(a := 1) = 2
# CHECK-NEXT:{{^}} ^^^^^^
# CHECK: .py:14:3: error: expression cannot contain assignment, perhaps you meant "=="?
# CHECK-NEXT:{{^}}f(x.y=1)
# CHECK-NEXT:{{^}}  ^^^^
# CHECK: .py:15:5: error: cannot use a starred expression in a dictionary value
# CHECK-NEXT:{{^}}{a: *b}
# CHECK-NEXT:{{^}}    ^^
