# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:15: error: attribute name repeated in class pattern: a
match x:
 case C(a=1,a=2):pass
