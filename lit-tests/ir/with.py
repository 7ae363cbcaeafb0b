# RUN: krait-ir %s | FileCheck %s
# __enter__ is looked up first, then __exit__; the manager dies before __enter__ is called.
# CHECK: [[M:%[0-9]+]] = local.read $m
# CHECK-NEXT: [[EN:%[0-9]+]], [[ES:%[0-9]+]] = with.enter 0, [[M]]
# CHECK-NEXT: [[EX:%[0-9]+]], [[XS:%[0-9]+]] = with.exit 0, [[M]]
# CHECK-NEXT: local.init $[[S:exit.[0-9]+]], [[EX]]
# CHECK-NEXT: local.init $[[SS:exit.self.[0-9]+]], [[XS]]
# CHECK-NEXT: [[V:%[0-9]+]] = method.call [[EN]], [[ES]]
# CHECK: local.set $x
# CHECK: [[T:%[0-9]+]] = local.take $[[S]]
# CHECK-NEXT: [[TS:%[0-9]+]] = local.take $[[SS]]
# CHECK-NEXT: with.exit_call [[T]], [[TS]], -
# CHECK: exc.take
# CHECK: [[R:%[0-9]+]] = with.exit_call
# CHECK-NEXT: truth [[R]]
def f(m):
    with m as x:
        x()
