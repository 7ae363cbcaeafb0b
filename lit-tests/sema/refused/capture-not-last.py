# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:7: error: name capture 'a' makes remaining patterns unreachable
match x:
 case a: pass
 case b: pass
