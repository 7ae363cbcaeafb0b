# RUN: krait-ir %s | FileCheck %s
# What `max` of a generator expression takes is the greatest item so far; the call gets a tuple of it, or of none.
# CHECK-LABEL: function @{{[0-9]+}} "f"
# CHECK: [[C:%[0-9]+]] = global.get "max"
# CHECK: [[I:%[0-9]+]] = iter
# CHECK: [[B:%[0-9]+]] = is.builtin "max", [[C]]
# CHECK-NEXT: condbr [[B]], ^[[EAGER:[0-9]+]], ^[[GENERAL:[0-9]+]]
# CHECK: ^[[EAGER]]:
# CHECK-NEXT: [[F:%[0-9]+]] = function.new @[[NUMBER:[0-9]+]]
# CHECK-NEXT: [[T:%[0-9]+]] = call [[F]], [[I]]
# CHECK: call.kw {{.*}}[[C]], [[T]]
# CHECK: function @[[NUMBER]] "<genexpr>" {{.*}} eager
# CHECK-NOT: gen.start
# CHECK: [[FOUND:%[0-9]+]] = local.read $found.1
# CHECK: is [[FOUND]]
# CHECK: test.gt %{{[0-9]+}}, %{{[0-9]+$}}
# CHECK: local.set $result.0
# CHECK: tuple.new %
# CHECK: tuple.new{{$}}
def f(rows):
    return max((x for x in rows), default=0)
