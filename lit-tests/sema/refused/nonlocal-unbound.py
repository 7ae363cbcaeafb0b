# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:2: error: no binding for nonlocal 'x' found
def f():
 nonlocal x
