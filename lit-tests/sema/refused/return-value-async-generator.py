# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:2: error: 'return' with value in async generator
async def f():
 return 1
 yield
