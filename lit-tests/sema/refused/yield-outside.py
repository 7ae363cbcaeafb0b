# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:10: error: 'yield' outside function
class A: yield
