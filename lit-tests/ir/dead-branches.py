# RUN: krait-ir %s | FileCheck %s
# Branches on constants leave nothing behind.
# CHECK-NOT: "never"
# CHECK: "always"
if 0:
    never()
if __debug__:
    always()
while False:
    never()
