# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:1: error: default 'except:' must be last
try:pass
except:pass
except E:pass
