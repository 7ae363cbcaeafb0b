# RUN: krait-ir %s | FileCheck %s
# A generator expression with a known consumer is a function that consumes, and a generator where the name is rebound.
# CHECK-LABEL: function @{{[0-9]+}} "f"
# CHECK: [[C:%[0-9]+]] = global.get "any"
# CHECK: [[I:%[0-9]+]] = iter
# CHECK: [[B:%[0-9]+]] = is.builtin "any", [[C]]
# CHECK-NEXT: condbr [[B]], ^[[EAGER:[0-9]+]], ^[[GENERAL:[0-9]+]]
# CHECK: ^[[EAGER]]:
# CHECK-NEXT: [[F:%[0-9]+]] = function.new @[[NUMBER:[0-9]+]]
# CHECK-NEXT: call [[F]], [[I]]
# CHECK-NOT: call [[C]]
# CHECK: ^[[GENERAL]]:
# CHECK: [[F2:%[0-9]+]] = function.new
# CHECK-NEXT: [[G:%[0-9]+]] = call [[F2]], [[I]]
# CHECK: call [[C]], [[G]]
# CHECK: function @[[NUMBER]] "<genexpr>" {{.*}} eager
# CHECK-NOT: gen.start
# What the consumer does has no site; both loops' iterators die before it returns early.
# CHECK: truth %{{[0-9]+$}}
# CHECK: local.clear $iter.0
# CHECK-NEXT: const true
# CHECK: frame.leave
def f(rows):
    return any(x for row in rows for x in row)
