# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:10: error: multiple assignments to name 'a' in pattern
match x:
 case [a,a]:pass
