# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:17: error: alternative patterns bind different names
match x:
 case (1 as a)|(2 as b):pass
