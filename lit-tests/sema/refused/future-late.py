# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:1: error: from __future__ imports must occur at the beginning of the file
x=1
from __future__ import annotations
