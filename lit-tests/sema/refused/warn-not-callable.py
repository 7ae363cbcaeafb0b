# RUN: krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:{{[0-9]+}}: {{.*}}'tuple' object is not callable; perhaps you missed a comma?
(1,2)()
