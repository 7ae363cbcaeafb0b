# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:1: error: cannot assign to __debug__
__debug__=1
