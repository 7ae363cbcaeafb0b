# RUN: krait-ir %s | FileCheck %s
# The method is looked up before arguments that could notice, in one step with the call otherwise.
# CHECK-LABEL: function @{{[0-9]+}} "inert"
# CHECK: method "m"
def inert(o, x):
    o.m(x, 1)
# CHECK-LABEL: function @{{[0-9]+}} "noticed"
# CHECK: [[F:%[0-9]+]], [[S:%[0-9]+]] = method.load "m"
# CHECK: [[A:%[0-9]+]] = call
# CHECK: method.call [[F]], [[S]], [[A]]
def noticed(o, x):
    o.m(x())
