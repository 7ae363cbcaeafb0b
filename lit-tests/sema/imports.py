# RUN: krait-ir --imports %s | FileCheck %s
# CHECK: 0 a.b
import a.b
# CHECK-NEXT: 0 c d
from c import d
# CHECK-NEXT: 2 e f
from ..e import f
try:
    # CHECK-NEXT: 0 g {{.}}guarded]
    import g
except ImportError:
    g = None
def h():
    # CHECK-NEXT: 0 i {{.}}in function]
    import i
