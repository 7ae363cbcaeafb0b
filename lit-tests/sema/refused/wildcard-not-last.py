# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:7: error: wildcard makes remaining patterns unreachable
match x:
 case _: pass
 case b: pass
