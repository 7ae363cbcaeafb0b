# except and except* do not mix.
# RUN: not krait-parse --check %s 2>&1 | FileCheck --strict-whitespace %s

try: pass
except A: pass
except* B: pass
# CHECK: .py:6:1: error: cannot have both 'except' and 'except*' on the same 'try'
# CHECK-NEXT:{{^}}except* B: pass
# CHECK-NEXT:{{^}}^^^^^^^
