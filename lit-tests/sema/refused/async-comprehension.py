# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:2: error: asynchronous comprehension outside of an asynchronous function
def f():
 [await x for x in y]
