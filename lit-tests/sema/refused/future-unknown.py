# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:1: error: future feature nope is not defined
from __future__ import nope
