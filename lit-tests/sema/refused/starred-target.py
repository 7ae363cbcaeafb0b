# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:1: error: starred assignment target must be in a list or tuple
*a=1
