# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :6:3: error: name 'x' is nonlocal and global
def f():
 x=1
 def g():
  global x
  nonlocal x
