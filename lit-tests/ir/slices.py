# RUN: krait-ir %s | FileCheck %s
# No slice object where the slice is the whole subscript; what it is made of dies after the object.
# CHECK-LABEL: function @{{[0-9]+}} "f"
# CHECK: [[A:%[0-9]+]] = call
# CHECK: slice.get %{{[0-9]+}}, [[A]], %{{[0-9]+}}, %{{[0-9]+}}
# CHECK-NEXT: kill [[A]]
# CHECK: slice.set
# CHECK: slice.new
# CHECK: item.get
def f(o, g):
    x = o[g():2]
    o[1:] = x
    return o[1:2, 3]
