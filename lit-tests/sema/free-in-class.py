# RUN: krait-ir --scopes %s | FileCheck %s
# A class that binds a name which a method reads from further out passes the cell through.
# CHECK: function f
# CHECK-NEXT: x: cell assigned
# CHECK: class C nested
# CHECK-NEXT: x: local assigned free-in-class
# CHECK: function m nested
# CHECK: x: free used
def f():
    x = 1
    class C:
        x = 2
        def m(self):
            return x
    return C
