# RUN: krait-ir --scopes %s | FileCheck %s
# Locals, cells, free variables, globals, class scopes and the __class__ cell.
# CHECK: module <module>
# CHECK: g: local assigned
# CHECK: f: local assigned
# CHECK: C: local assigned
g = 1
# CHECK: function f
# CHECK-NEXT: a: cell parameter
# CHECK-NEXT: b: local assigned used
# CHECK-NEXT: g: global? used
# CHECK-NEXT: inner: local assigned used
def f(a):
    b = g
    # CHECK: function inner nested
    # CHECK-NEXT: a: free assigned used declared-nonlocal
    # CHECK-NEXT: h: global assigned declared-global
    def inner():
        nonlocal a
        global h
        a = a
        h = 1
    return inner, b
# CHECK: class C class-cell
# CHECK: x: local assigned used
# CHECK: function m
# CHECK: super: global? used
# CHECK-NEXT: __class__: free used
class C:
    x = 1
    y = [x for _ in x]
    def m(self):
        return super().m()
