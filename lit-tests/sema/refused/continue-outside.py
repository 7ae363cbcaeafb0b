# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:1: error: 'continue' not properly in loop
continue
