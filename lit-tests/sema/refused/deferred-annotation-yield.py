# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:10: error: 'yield expression' can not be used within an annotation
from __future__ import annotations
def f(a:(yield)):pass
