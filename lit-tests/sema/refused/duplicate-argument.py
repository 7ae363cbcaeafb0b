# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:9: error: duplicate argument 'x' in function definition
def f(x,x):pass
