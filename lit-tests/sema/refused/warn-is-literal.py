# RUN: krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:{{[0-9]+}}: {{.*}}"is" with a literal. Did you mean "=="?
x is 1
