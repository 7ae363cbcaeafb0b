# RUN: not krait check %s 2>&1 | FileCheck %s
# Type parameters and the first part of what is imported are names that are bound, too.
# CHECK: :4:7: error: cannot assign to __debug__
def f[__debug__](): pass
# CHECK: :6:9: error: cannot assign to __debug__
class A[*__debug__]: pass
# CHECK: :8:8: error: cannot assign to __debug__
type B[**__debug__] = int
# CHECK: :10:1: error: cannot assign to __debug__
import __debug__.part
