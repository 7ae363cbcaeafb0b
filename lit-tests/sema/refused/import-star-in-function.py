# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:16: error: import * only allowed at module level
def f():
 from x import *
