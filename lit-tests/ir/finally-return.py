# RUN: krait-ir %s | FileCheck %s
# A value on its way out waits in a local while the finally body runs.
# CHECK: function @1 "f"
# CHECK: [[V:%[0-9]+]] = call
# CHECK: local.init $[[R:result.[0-9]+]], [[V]]
# CHECK: method "close"
# CHECK: [[T:%[0-9]+]] = local.take $[[R]]
# CHECK-NEXT: frame.leave
# CHECK-NEXT: ret [[T]]
def f(g, h):
    try:
        return g()
    finally:
        h.close()
