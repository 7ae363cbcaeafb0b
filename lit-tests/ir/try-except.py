# RUN: krait-ir %s | FileCheck %s
# The order of events of try … except … as.
# CHECK: handler ^[[H:[0-9]+]]
# CHECK: call
def f(g, h):
    try:
        g()
    except ValueError as e:
        h(e)
# CHECK: ^[[H]]: cold
# CHECK-NEXT: [[E:%[0-9]+]] = exc.take
# CHECK-NEXT: exc.push $[[PREV:previous.[0-9]+]], [[E]]
# CHECK-NEXT: local.init $[[EXC:exception.[0-9]+]], [[E]]
# CHECK: exc.match
# CHECK: [[V:%[0-9]+]] = local.take $[[EXC]]
# CHECK-NEXT: local.set $e, [[V]]
# CHECK: exc.pop $[[PREV]]
# CHECK-NEXT: local.clear $e
