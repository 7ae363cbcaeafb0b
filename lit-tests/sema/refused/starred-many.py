# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:1: error: multiple starred expressions in assignment
a,*b,*c=d
