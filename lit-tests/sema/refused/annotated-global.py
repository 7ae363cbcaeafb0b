# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :5:2: error: annotated name 'a' can't be global
def f():
 a:int
 global a
