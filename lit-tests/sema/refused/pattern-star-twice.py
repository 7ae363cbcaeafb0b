# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:7: error: multiple starred names in sequence pattern
match x:
 case [*a,*b]:pass
