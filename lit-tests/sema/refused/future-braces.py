# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:1: error: not a chance
from __future__ import braces
