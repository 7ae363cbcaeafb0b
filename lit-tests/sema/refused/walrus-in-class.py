# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:11: error: assignment expression within a comprehension cannot be used in a class body
class A: [z:=1 for x in y]
