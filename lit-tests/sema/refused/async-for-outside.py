# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:2: error: 'async for' outside async function
def f():
 async for x in y: pass
