# Rules of parameter lists.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

def f(a=1, b): pass
def f(*): pass
def f(a, /, b, /): pass
def f(**k, a): pass
def f((a, b)): pass
lambda *, **k: 0
def f(*a, *b): pass
def f(a=): pass
# CHECK: .py:4:12: error: non-default argument follows default argument
# CHECK-NEXT:{{^}}def f(a=1, b): pass
# CHECK-NEXT:{{^}}           ^
# CHECK: .py:5:7: error: named arguments must follow bare *
# CHECK-NEXT:{{^}}def f(*): pass
# CHECK-NEXT:{{^}}      ^
# CHECK: .py:6:16: error: / may appear only once
# CHECK-NEXT:{{^}}def f(a, /, b, /): pass
# CHECK-NEXT:{{^}}               ^
# CHECK: .py:7:12: error: arguments cannot follow var-keyword argument
# CHECK-NEXT:{{^}}def f(**k, a): pass
# CHECK-NEXT:{{^}}           ^
# CHECK: .py:8:7: error: Function parameters cannot be parenthesized
# CHECK-NEXT:{{^}}def f((a, b)): pass
# CHECK-NEXT:{{^}}      ^^^^^^
# CHECK: .py:9:11: error: named arguments must follow bare *
# CHECK-NEXT:{{^}}lambda *, **k: 0
# CHECK-NEXT:{{^}}          ^^
# CHECK: .py:10:11: error: * argument may appear only once
# CHECK-NEXT:{{^}}def f(*a, *b): pass
# CHECK-NEXT:{{^}}          ^
# CHECK: .py:11:8: error: expected default value expression
# CHECK-NEXT:{{^}}def f(a=): pass
# CHECK-NEXT:{{^}}       ^
