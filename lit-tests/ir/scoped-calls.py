# RUN: krait-ir %s | FileCheck %s
# Calls that depend on the caller's scope get it; given globals other than None, eval needs nothing.
# CHECK-LABEL: function @{{[0-9]+}} "f"
# CHECK: [[G:%[0-9]+]] = globals.dict
# CHECK: [[L:%[0-9]+]] = locals.dict $[[D:locals.[0-9]+]]
# CHECK: call.scoped {{%[0-9]+}}, [[G]], [[L]]
# CHECK: locals.dict $[[D]]
# CHECK: call.scoped
# CHECK: [[N:%[0-9]+]] = const none
# CHECK-NEXT: [[I:%[0-9]+]] = is {{%[0-9]+}}, [[N]]
# CHECK-NEXT: condbr [[I]]
# CHECK: call.scoped
# CHECK: = call %
def f(src, ns):
    locals()
    exec(src)
    eval(src, ns)
