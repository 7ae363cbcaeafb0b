# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:2: error: 'async with' outside async function
def f():
 async with x: pass
