# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:2: error: name 'x' is parameter and global
def f(x):
 global x
