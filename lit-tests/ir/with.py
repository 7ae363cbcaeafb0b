# RUN: krait-ir %s | FileCheck %s
# __enter__ is looked up first, then __exit__; the manager dies before __enter__ is called.
# CHECK: [[M:%[0-9]+]] = local.read $m
# CHECK-NEXT: [[EN:%[0-9]+]] = with.enter 0, [[M]]
# CHECK-NEXT: [[EX:%[0-9]+]] = with.exit 0, [[M]]
# CHECK-NEXT: local.init $[[S:exit.[0-9]+]], [[EX]]
# CHECK-NEXT: [[V:%[0-9]+]] = call [[EN]]
# CHECK: local.set $x
# CHECK: [[T:%[0-9]+]] = local.take $[[S]]
# CHECK-NEXT: with.exit_call [[T]], -
# CHECK: exc.take
# CHECK: [[R:%[0-9]+]] = with.exit_call
# CHECK-NEXT: truth [[R]]
def f(m):
    with m as x:
        x()
