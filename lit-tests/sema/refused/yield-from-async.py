# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:16: error: 'yield from' inside async function
async def f(): yield from x
