# RUN: krait-ir %s | FileCheck %s
# A handler gives up the iterator of a loop that the error left, before the clause runs.
# CHECK: local.init $[[I:iter.[0-9]+]],
def f(xs, g):
    try:
        for x in xs:
            g(x)
    except E:
        pass
# CHECK: exc.take
# CHECK-NEXT: local.clear $[[I]]
# CHECK-NEXT: exc.push
