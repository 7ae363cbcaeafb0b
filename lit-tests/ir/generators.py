# RUN: krait-ir %s | FileCheck %s
# CHECK-LABEL: function @{{[0-9]+}} "g"
# CHECK: yields 2
# CHECK: gen.start
# CHECK: [[S:%[0-9]+]] = yield 1,
# CHECK: [[I:%[0-9]+]] = yield_from.iter
# CHECK: yield_from 2, [[I]]
# CHECK-NEXT: kill [[I]]
def g(x):
    y = yield x
    yield from y
# CHECK-LABEL: function @{{[0-9]+}} "a"
# CHECK: await.iter 0
# CHECK: async_gen.wrap
# CHECK: yield
async def a(x):
    yield await x
