# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:5: error: cannot delete __debug__
del __debug__
