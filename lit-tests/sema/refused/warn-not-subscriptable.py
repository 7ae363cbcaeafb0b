# RUN: krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:{{[0-9]+}}: {{.*}}'set' object is not subscriptable; perhaps you missed a comma?
{1}[0]
