# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:10: error: 'await' outside function
class A: await x
