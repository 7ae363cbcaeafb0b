# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:1: error: can't use starred expression here
*a
