# RUN: krait-ir --mode=exec %s | FileCheck %s
# Module-level names live in a namespace; functions inside find globals by name.
# CHECK: module {{.*}} dictglobals
# CHECK: locals .namespace
# CHECK: name.set "x"
# CHECK: name.get "print"
# CHECK: function @1 "f"
# CHECK: global.get "x"
x = 1
def f():
    return x
print(f)
