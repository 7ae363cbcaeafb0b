# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:1: error: 'return' outside function
return
