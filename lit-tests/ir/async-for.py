# RUN: krait-ir %s | FileCheck %s
# StopAsyncIteration ends the loop; any other error goes on.
# CHECK: handler ^[[H:[0-9]+]]
# CHECK: [[A:%[0-9]+]] = anext
# CHECK-NEXT: yield_from 1, [[A]]
# CHECK: ^[[H]]: cold
# CHECK-NEXT: [[STOP:%[0-9]+]] = exc.stop_async
# CHECK-NEXT: condbr [[STOP]], ^{{[0-9]+}}, ^[[E:[0-9]+]]
# CHECK: ^[[E]]: cold
# CHECK-NEXT: [[X:%[0-9]+]] = exc.take
# CHECK: reraise [[X]]
async def f(xs):
    async for x in xs:
        pass
