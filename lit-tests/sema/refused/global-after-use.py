# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :5:2: error: name 'x' is used prior to global declaration
def f():
 x
 global x
