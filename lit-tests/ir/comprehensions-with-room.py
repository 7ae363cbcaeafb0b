# RUN: krait-ir %s | FileCheck %s
# Where each item of one iterator gives one, the list is made for what the iterator has left.
# CHECK-LABEL: function {{.*}} "a.<locals>.<listcomp>"
# CHECK: [[I:%[0-9]+]] = local.read $.0
# CHECK-NEXT: list.new.for [[I]]
# CHECK-LABEL: function {{.*}} "b.<locals>.<listcomp>"
# CHECK: list.new{{$}}
# CHECK-LABEL: function {{.*}} "c.<locals>.<listcomp>"
# CHECK: list.new{{$}}
# CHECK-LABEL: function {{.*}} "d.<locals>.<listcomp>"
# CHECK: list.new{{$}}
# CHECK-LABEL: function {{.*}} "e.<locals>.<genexpr>"
# CHECK: list.new.for
def a(items):
    return [x for x in items]
def b(items):
    return [x for x in items if x]
def c(items):
    return [y for x in items for y in x]
async def d(items):
    return [x async for x in items]
def e(items):
    return sorted(x for x in items)
